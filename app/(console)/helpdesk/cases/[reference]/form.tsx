"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { type CaseStep, decideCase } from "./actions.ts";

export type CaseField = "reason" | "answer";

type CaseFormProps = {
  reference: string;
  step: CaseStep;
  /** The reason that was typed before a further proof. */
  typed: string | undefined;
  words: { heading: string; text: string; submit: string; submitting: string } & (
    | { reason: ReasonWords }
    | { answer: { label: string; hint: string } }
  );
  summary: ErrorSummaryProps["words"];
};

/** One way to decide a case: a reason for the record, or an answer for its owner, and a button. */
export function CaseForm({ reference, step, typed, words, summary }: CaseFormProps) {
  const [state, post] = useActionState<FormState<CaseField>, FormData>(decideCase, untouched);
  const { values, errors } = state;
  const field: CaseField = "answer" in words ? "answer" : "reason";
  return (
    <form action={post} noValidate className="card" aria-labelledby={`step-${step}`}>
      <h2 className="h4" id={`step-${step}`}>
        {words.heading}
      </h2>
      <p className="muted mb-4">{words.text}</p>
      <ErrorSummary errors={listErrors(state, ["form", field], { form: field })} words={summary} />
      <input type="hidden" name="reference" value={reference} />
      <input type="hidden" name="step" value={step} />
      {"answer" in words ? (
        <TextArea name="answer" {...words.answer} defaultValue={values.answer} error={errors.answer} />
      ) : (
        <ReasonField words={words.reason} typed={values.reason ?? typed} error={errors.reason} />
      )}
      <div className="actions">
        <Submit variant={step === "refuse" ? "danger" : "primary"} busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
