"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { describedBy, FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { confirmMine } from "./confirm-mine.ts";

type Props = {
  heading: ReactNode;
  /** The phrase. */
  children: ReactNode;
  notMine: ReactNode;
  words: Record<"mine" | "next" | "nextBusy", string>;
  summary: ErrorSummaryProps["words"];
};

/** The phrase and its tick; there is no field for the password yet. */
export function PhraseForm({ heading, children, notMine, words, summary }: Props) {
  const [state, action] = useActionState<FormState<"phraseIsMine">, FormData>(confirmMine, untouched);
  const error = state.errors.phraseIsMine;
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["phraseIsMine"])} words={summary} />
      {heading}
      <div className={`field${error ? " has-error" : ""}`}>
        {error && <FieldError id="phraseIsMine">{error}</FieldError>}
        {children}
        <label className="check mine">
          <input type="checkbox" id="phraseIsMine" name="phraseIsMine" {...describedBy("phraseIsMine", null, error)} />
          {words.mine}
        </label>
        {notMine}
      </div>
      <div className="actions">
        <Submit block busy={words.nextBusy}>
          {words.next}
        </Submit>
      </div>
    </form>
  );
}
