/** A mail address that breaks after its @ where a line is too short for it, rather than within its domain. */
export function MailAddress({ address }: { address: string }) {
  const name = address.slice(0, address.lastIndexOf("@") + 1);
  return (
    <>
      {name}
      <wbr />
      {address.slice(name.length)}
    </>
  );
}
