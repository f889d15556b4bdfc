"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { enterMailboxCode } from "./enter-code.ts";

type CodeFormProps = {
  which: "official" | "personal";
  words: Record<"code" | "codeHint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function CodeForm({ which, words, summary }: CodeFormProps) {
  const [state, action] = useActionState<FormState<"code">, FormData>(enterMailboxCode, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["code"])} words={summary} />
      <input type="hidden" name="which" value={which} />
      <CodeField name="code" digits={8} label={words.code} hint={words.codeHint} error={state.errors.code} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
