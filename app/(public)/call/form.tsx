"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { enterSpokenCode } from "./actions.ts";

type SpokenCodeFormProps = {
  /** The heading: below what went wrong, above the field. */
  children: ReactNode;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  /** Typed here before a sign-in. */
  typed: string | undefined;
};

export function SpokenCodeForm({ children, words, summary, typed }: SpokenCodeFormProps) {
  const [state, action] = useActionState<FormState<"code">, FormData>(enterSpokenCode, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["code"])} words={summary} />
      {children}
      <CodeField
        name="code"
        digits={6}
        label={words.label}
        hint={words.hint}
        defaultValue={state.values.code ?? typed}
        error={state.errors.code}
        autoComplete="off"
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
