"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { enterResetCode } from "./actions.ts";

export type ResetCodeField = "officialEmail" | "code";

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  words: { label: string; hint: string; submit: string; submitting: string };
  summary: ErrorSummaryProps["words"];
  /** Asked for where this browser has not asked for the letter itself. */
  officialEmail?: { label: string; hint: string };
};

const order = ["officialEmail", "code"] as const;

export function ResetCodeForm({ words, summary, officialEmail, children }: Props) {
  const [state, action] = useActionState<FormState<ResetCodeField>, FormData>(enterResetCode, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order)} words={summary} />
      {children}
      {officialEmail && (
        <Field
          name="officialEmail"
          type="email"
          autoComplete="email"
          label={officialEmail.label}
          hint={officialEmail.hint}
          defaultValue={state.values.officialEmail}
          error={state.errors.officialEmail}
        />
      )}
      <CodeField
        name="code"
        digits={8}
        label={words.label}
        hint={words.hint}
        defaultValue={state.values.code}
        error={state.errors.code}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
