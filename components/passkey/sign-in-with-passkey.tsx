"use client";
import { type ReactNode, useActionState, useCallback, useEffect } from "react";
import { CeremonyNotes } from "./ceremony-notes.tsx";
import type { CeremonyWords, Where } from "./trouble.ts";
import { useAutofill } from "./use-autofill.ts";
import { useCeremony } from "./use-ceremony.ts";
import { useWorks } from "./use-works.ts";

/** What the portal said to a passkey. `unknown`: it opens no account, so the browser may stop offering it. */
export type PasskeyState = { message: string | null; unknown?: { rpId: string; credentialId: string } };

const untouched: PasskeyState = { message: null };

type SignInWithPasskeyProps = {
  /** Takes the field `credential`: the browser's answer as JSON text, empty without JavaScript. */
  action: (state: PasskeyState, form: FormData) => Promise<PasskeyState>;
  where: Where;
  words: CeremonyWords;
  /** Of the button, which is a method card, or plain: `btn btn-second btn-block`. */
  className: string;
  /** What stands in the button. */
  children: ReactNode;
  /** The page knows no person yet: any passkey of this portal will do, also one chosen in the identity field. */
  anybody?: boolean;
  /** Fields that go along with it. */
  fields?: ReactNode;
};

/** A button that signs in with a passkey: "Biometrik" on this device, "Peranti lain" by QR code. */
export function SignInWithPasskey(props: SignInWithPasskeyProps) {
  const { action, where, words, className, children, anybody = false, fields } = props;
  const [state, post, posting] = useActionState(action, untouched);
  const standing = useWorks(where);
  const { unknown } = state;
  useEffect(() => {
    if (unknown) void import("./send-signals.ts").then(({ signalUnknown }) => signalUnknown(unknown));
  }, [unknown]);

  const autofill = useAutofill(anybody, (answer) => ceremony.post(answer));
  const ask = useCallback(async () => {
    autofill.pause();
    const { provePasskey } = await import("./prove-passkey.ts");
    return provePasskey(anybody ? "autofill" : "sign-in", where);
  }, [anybody, where, autofill]);
  const ceremony = useCeremony(ask, posting, autofill.resume);
  // An answer that was refused has used up what the identity field was waiting with.
  useEffect(() => {
    if (state !== untouched) autofill.resume();
  }, [state, autofill]);

  return (
    <form ref={ceremony.form} action={post} onSubmit={ceremony.onSubmit} className="ceremony">
      <input type="hidden" name="credential" ref={ceremony.credential} />
      {fields}
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
