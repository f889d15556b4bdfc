"use client";
import { type ReactNode, useActionState } from "react";
import { CeremonyNotes } from "./ceremony-notes.tsx";
import type { CeremonyWords, Where } from "./trouble.ts";
import { useCeremony } from "./use-ceremony.ts";
import { useWorks } from "./use-works.ts";

/** What the portal said to a new passkey, where it was not taken. */
export type AddState = { message: string | null };

const untouched: AddState = { message: null };

type AddPasskeyProps = {
  /** Takes the field `credential`, empty without JavaScript, and `where`. */
  action: (state: AddState, form: FormData) => Promise<AddState>;
  where: Where;
  words: CeremonyWords;
  className: string;
  /** What stands in the button. */
  children: ReactNode;
};

/** A button that makes a passkey: on this device, or on a phone by QR code. */
export function AddPasskey({ action, where, words, className, children }: AddPasskeyProps) {
  const [state, post, posting] = useActionState(action, untouched);
  const standing = useWorks(where);
  const ceremony = useCeremony(async () => {
    const { makePasskey } = await import("./make-passkey.ts");
    return makePasskey(where);
  }, posting);
  return (
    <form ref={ceremony.form} action={post} onSubmit={ceremony.onSubmit} className="ceremony">
      <input type="hidden" name="credential" ref={ceremony.credential} />
      <input type="hidden" name="where" value={where} />
      <button
        type="submit"
        className={className}
        aria-disabled={standing === "no_browser" || ceremony.asking || posting || undefined}
        aria-busy={ceremony.asking || posting || undefined}
      >
        {children}
      </button>
      <CeremonyNotes
        words={words}
        where={where}
        standing={standing}
        asking={ceremony.asking}
        posting={posting}
        trouble={ceremony.trouble}
        message={state.message}
      />
    </form>
  );
}
