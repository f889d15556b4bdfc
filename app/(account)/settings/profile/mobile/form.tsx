"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { saveMobile } from "./actions.ts";

type MobileFormProps = {
  words: Record<"label" | "hint" | "save" | "saving", string>;
  summary: ErrorSummaryProps["words"];
  /** As it is shown; empty where there is none. */
  now: string;
};

export function MobileForm({ words, summary, now }: MobileFormProps) {
  const [state, action] = useActionState<FormState<"mobile">, FormData>(saveMobile, untouched);
  return (
    <form action={action} noValidate className="card">
      <ErrorSummary errors={listErrors(state, ["mobile"])} words={summary} />
      <Field
        name="mobile"
        type="tel"
        width="id"
        label={words.label}
        hint={words.hint}
        autoComplete="tel"
        defaultValue={state.values.mobile ?? now}
        error={state.errors.mobile}
      />
      <div className="actions">
        <Submit busy={words.saving}>{words.save}</Submit>
      </div>
    </form>
  );
}
