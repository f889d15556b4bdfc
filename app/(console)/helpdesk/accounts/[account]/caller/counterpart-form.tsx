"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { checkCounterpart } from "./actions.ts";

type CounterpartFormProps = {
  accountId: string;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** What the caller reads back. Nobody's browser offers a code here: it is heard. */
export function CounterpartForm({ accountId, words, summary }: CounterpartFormProps) {
  const [state, action] = useActionState<FormState<"code">, FormData>(checkCounterpart, untouched);
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["code"])} words={summary} />
      <input type="hidden" name="account" value={accountId} />
      <CodeField
        name="code"
        digits={6}
        label={words.label}
        hint={words.hint}
        error={state.errors.code}
        autoComplete="off"
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
