"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { savePhrase } from "./actions.ts";

type PhraseFormProps = {
  words: Record<"label" | "hint" | "save" | "saving", string>;
  summary: ErrorSummaryProps["words"];
  /** Typed before this person was asked to prove who they are. */
  typed: string | undefined;
};

export function PhraseForm({ words, summary, typed }: PhraseFormProps) {
  const [state, action] = useActionState<FormState<"phrase">, FormData>(savePhrase, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["phrase"])} words={summary} />
      <Field
        name="phrase"
        label={words.label}
        hint={words.hint}
        error={state.errors.phrase}
        defaultValue={state.values.phrase ?? typed}
        autoComplete="off"
        dir="auto"
      />
      <div className="actions">
        <Submit busy={words.saving}>{words.save}</Submit>
      </div>
    </form>
  );
}
