"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";

export type ConfirmAction = (state: FormState<"code">, form: FormData) => Promise<FormState<"code">>;

type Props = {
  confirm: ConfirmAction;
  /** What is scanned, between the summary of what was wrong and the code. */
  children: ReactNode;
  words: Record<"code" | "codeHint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function ConfirmForm({ confirm, children, words, summary }: Props) {
  const [state, action] = useActionState<FormState<"code">, FormData>(confirm, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["code"])} words={summary} />
      {children}
      <CodeField name="code" digits={6} label={words.code} hint={words.codeHint} error={state.errors.code} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
