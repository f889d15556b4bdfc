"use client";
import { type ReactNode, useActionState, useCallback, useEffect, useId } from "react";
import { CeremonyNotes, whyNot } from "./ceremony-notes.tsx";
import type { Approves } from "./request-options.ts";
import type { CeremonyWords, Where } from "./trouble.ts";
import { useAutofill } from "./use-autofill.ts";
import { useCeremony } from "./use-ceremony.ts";
import { type Standing, useWorks } from "./use-works.ts";

/** What the portal said to a passkey. `unknown`: it opens no account, so the browser may stop offering it. */
export type PasskeyState = { message: string | null; unknown?: { rpId: string; credentialId: string } };

const untouched: PasskeyState = { message: null };

export type PasskeyFormProps = {
  /** Takes the field `credential`: the browser's answer as JSON text, empty without JavaScript. */
  action: (state: PasskeyState, form: FormData) => Promise<PasskeyState>;
  where: Where;
  words: CeremonyWords;
  /** The page knows no person yet: any passkey of this portal will do, also one chosen in the identity field. */
  anybody?: boolean;
  /** It signs nobody in: somebody who is gives their word for this. */
  approves?: Approves;
  /** Fields that go along with it. */
  fields?: ReactNode;
};

type Props = PasskeyFormProps & {
  /** Of the button, and what stands in it. */
  className: string;
  face: (standing: Standing) => ReactNode;
  /** The face tells itself why it cannot work here. */
  tells?: boolean;
};

/** A form that signs in with a passkey, and what is said below its button. */
export function PasskeyForm({
  action,
  where,
  words,
  anybody = false,
  approves,
  fields,
  className,
  face,
  tells,
}: Props) {
  const [state, post, posting] = useActionState(action, untouched);
  const standing = useWorks(where);
  const noteId = useId();
  const note = tells ? null : whyNot(words, where, standing);
  const { unknown } = state;
  useEffect(() => {
    if (unknown) void import("./send-signals.ts").then(({ signalUnknown }) => signalUnknown(unknown));
  }, [unknown]);

  const autofill = useAutofill(anybody, (answer) => ceremony.post(answer));
  const ask = useCallback(async () => {
    autofill.pause();
    const { provePasskey } = await import("./prove-passkey.ts");
    return provePasskey(approves ?? (anybody ? "autofill" : "sign-in"), where);
  }, [anybody, approves, where, autofill]);
  const ceremony = useCeremony(ask, posting, autofill.resume);
  // An answer that was refused has used up what the identity field was waiting with.
  useEffect(() => {
    if (state !== untouched) autofill.resume();
  }, [state, autofill]);

  const busy = ceremony.asking || posting;
  return (
    <form ref={ceremony.form} action={post} onSubmit={ceremony.onSubmit} className="ceremony">
      <input type="hidden" name="credential" ref={ceremony.credential} />
      {fields}
      <button
        type="submit"
        className={className}
        aria-describedby={note ? noteId : undefined}
        aria-disabled={standing === "no_browser" || busy || undefined}
        aria-busy={busy || undefined}
      >
        {face(standing)}
      </button>
      <CeremonyNotes
        words={words}
        asking={ceremony.asking}
        posting={posting}
        trouble={ceremony.trouble}
        message={state.message}
        hint={note}
        id={noteId}
      />
    </form>
  );
}
