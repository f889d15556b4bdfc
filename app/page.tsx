export default function Page() { return <h1>Kunci</h1>; }
