"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";

export type QuestionField = "questionId" | "answer";

type State = FormState<QuestionField>;

type Props = {
  action: (state: State, form: FormData) => Promise<State>;
  title: string;
  questions: readonly { value: string; label: string }[];
  words: Record<"question" | "questionPlaceholder" | "answer" | "answerHint" | "add" | "adding", string>;
  summary: ErrorSummaryProps["words"];
};

/** `Tambah`: one question of the bank and its answer. */
export function AddQuestionForm({ action: add, title, questions, words, summary }: Props) {
  const [{ values, errors }, action] = useActionState<State, FormData>(add, untouched);
  return (
    <form action={action} className="adder" noValidate aria-labelledby="adder-title">
      <ErrorSummary errors={listErrors({ values, errors }, ["questionId", "answer"])} words={summary} />
      <h2 id="adder-title" className="h4">
        {title}
      </h2>
      <SelectField
        key={`${values.questionId}-${questions.length}`}
        name="questionId"
        label={words.question}
        placeholder={words.questionPlaceholder}
        options={questions}
        defaultValue={values.questionId ?? ""}
        error={errors.questionId}
      />
      <Field
        name="answer"
        autoComplete="off"
        spellCheck={false}
        label={words.answer}
        hint={words.answerHint}
        error={errors.answer}
      />
      <div className="actions">
        <Submit variant="second" icon="plus" busy={words.adding}>
          {words.add}
        </Submit>
      </div>
    </form>
  );
}
