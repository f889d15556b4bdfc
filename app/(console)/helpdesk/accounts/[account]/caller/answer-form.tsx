"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { checkSpokenAnswer } from "./actions.ts";

type AnswerFormProps = {
  accountId: string;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** What the caller answers; never given back, right or wrong. */
export function AnswerForm({ accountId, words, summary }: AnswerFormProps) {
  const [state, action] = useActionState<FormState<"answer">, FormData>(checkSpokenAnswer, untouched);
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["answer"])} words={summary} />
      <input type="hidden" name="account" value={accountId} />
      <Field
        name="answer"
        label={words.label}
        hint={words.hint}
        error={state.errors.answer}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
      />
      <div className="actions">
        <Submit variant="second" busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
