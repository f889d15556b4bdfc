"use client";
import { type ReactNode, useActionState } from "react";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type MadeCodes, makeCodes } from "./actions.ts";
import { ShownCodes, type ShownWords } from "./shown-codes.tsx";

type Props = {
  /** The set that new codes replace (`RecoveryCodes.version`); empty where there is none. */
  replaces: string;
  /** What the page shows until codes are made. */
  children: ReactNode;
  /** Of the form, above its button. */
  about: ReactNode;
  /** The page's one thing to do: there are no codes yet, or hardly any. */
  primary: boolean;
  words: { submit: string; submitting: string };
  shown: ShownWords;
  summary: ErrorSummaryProps["words"];
};

const SUBMIT = "make-codes";

export function MakeCodes({ replaces, children, about, primary, words, shown, summary }: Props) {
  const [state, action] = useActionState<MadeCodes, FormData>(makeCodes, { codes: null });
  // Without the form: what an action gave last lies in it, and would be sent back.
  if (state.codes) return <ShownCodes codes={state.codes} words={shown} />;
  return (
    <>
      <ErrorSummary errors={state.error ? [{ id: SUBMIT, message: state.error }] : []} words={summary} />
      {children}
      <form action={action} className="card" id={SUBMIT}>
        {about}
        <input type="hidden" name="replaces" value={replaces} />
        <div className="actions">
          <Submit variant={primary ? "primary" : "second"} icon="key" busy={words.submitting}>
            {words.submit}
          </Submit>
        </div>
      </form>
    </>
  );
}
