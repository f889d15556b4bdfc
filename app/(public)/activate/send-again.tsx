import { Submit } from "#components/form/submit.tsx";
import { sendAgain } from "./actions.ts";

/** Asks once more for the letter this browser asked for last. */
export function SendAgain({ words }: { words: { again: string; busy: string; note: string } }) {
  return (
    <form action={sendAgain} className="actions">
      <Submit variant="second" icon="again" busy={words.busy}>
        {words.again}
      </Submit>
      <p className="muted">{words.note}</p>
    </form>
  );
}
