import { Submit } from "#components/form/submit.tsx";
import { turnBackToSystem } from "./actions.ts";

type Props = { uid: string; words: string; busy: string };

/** The way back to the system, which is told that nobody signs in. */
export const TurnBackForm = ({ uid, words, busy }: Props) => (
  <form action={turnBackToSystem}>
    <input type="hidden" name="uid" value={uid} />
    <Submit block variant="quiet" busy={busy}>
      {words}
    </Submit>
  </form>
);
