import "./globals.css";

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (<html lang="ms"><body>{children}</body></html>);
}
