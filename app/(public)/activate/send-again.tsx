import { Submit } from "#components/form/submit.tsx";
import { sendAgain } from "./actions.ts";

type Props = {
  words: { again: string; busy: string };
  /** The thing to do on its page, rather than one of several. */
  main?: boolean;
  children: React.ReactNode;
};

/** Asks once more for the letter this browser asked for last. */
export function SendAgain({ words, main = false, children }: Props) {
  return (
    <form action={sendAgain} className="actions">
      <Submit variant={main ? "primary" : "second"} icon="again" busy={words.busy}>
        {words.again}
      </Submit>
      <p className="muted">{children}</p>
    </form>
  );
}
