"use client";
import { type ReactNode, useActionState, useEffect, useId } from "react";
import { CeremonyNotes, whyNot } from "./ceremony-notes.tsx";
import type { Accepted } from "./send-signals.ts";
import type { CeremonyWords, Where } from "./trouble.ts";
import { useCeremony } from "./use-ceremony.ts";
import { useWorks } from "./use-works.ts";

/** What the portal said to a new passkey that it did not take, and which it has: the device may forget the new one. */
export type AddState = { message: string | null; accepted?: Accepted | null };

const untouched: AddState = { message: null };

type AddPasskeyProps = {
  /** Takes the field `credential`, empty without JavaScript. */
  action: (state: AddState, form: FormData) => Promise<AddState>;
  where: Where;
  words: CeremonyWords;
  className: string;
  /** What stands in the button. */
  children: ReactNode;
  /** What it takes. */
  hint: string;
};

/** A button that makes a passkey: on this device, or on a phone by QR code. */
export function AddPasskey({ action, where, words, className, children, hint }: AddPasskeyProps) {
  const [state, post, posting] = useActionState(action, untouched);
  const standing = useWorks(where);
  const noteId = useId();
  const note = whyNot(words, where, standing) ?? hint;
  const { accepted } = state;
  useEffect(() => {
    if (accepted) void import("./send-signals.ts").then(({ signalAccepted }) => signalAccepted(accepted));
  }, [accepted]);
  const ceremony = useCeremony(async () => {
    const { makePasskey } = await import("./make-passkey.ts");
    return makePasskey(where);
  }, posting);
  return (
    <form ref={ceremony.form} action={post} onSubmit={ceremony.onSubmit} className="ceremony">
      <input type="hidden" name="credential" ref={ceremony.credential} />
      <button
        type="submit"
        className={className}
        aria-describedby={note ? noteId : undefined}
        aria-disabled={standing === "no_browser" || ceremony.asking || posting || undefined}
        aria-busy={ceremony.asking || posting || undefined}
      >
        {children}
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
