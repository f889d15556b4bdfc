/** Words with a mail address in them: it breaks after its @ where a line is too short, rather than within its domain. */
export function WithAddress({ words }: { words: string }) {
  const at = words.lastIndexOf("@") + 1;
  return (
    <>
      {words.slice(0, at)}
      <wbr />
      {words.slice(at)}
    </>
  );
}

/** The address alone. */
export const MailAddress = ({ address }: { address: string }) => <WithAddress words={address} />;
