import { Submit } from "#components/form/submit.tsx";
import { askForAnotherCode } from "./email-actions.ts";

type Props = { words: Record<"again" | "againBusy" | "noneText", string> };

/** What to do where no email comes: wait, look, ask again. */
export function SendAgain({ words }: Props) {
  return (
    <div className="ask-again">
      <p className="muted">{words.noneText}</p>
      <form action={askForAnotherCode}>
        <Submit variant="second" icon="again" busy={words.againBusy}>
          {words.again}
        </Submit>
      </form>
    </div>
  );
}
