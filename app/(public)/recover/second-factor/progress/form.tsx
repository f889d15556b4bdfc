"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { AnswerFields, type AnswerFieldsProps } from "../../answer-fields.tsx";
import { answerQuestions } from "./actions.ts";

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  fields: Omit<AnswerFieldsProps, "error">;
  words: { submit: string; submitting: string };
  summary: ErrorSummaryProps["words"];
};

export function AnswersForm({ fields, words, summary, children }: Props) {
  const [state, action] = useActionState<FormState<"answers">, FormData>(answerQuestions, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["answers"])} words={summary} />
      {children}
      <AnswerFields {...fields} error={state.errors.answers} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
