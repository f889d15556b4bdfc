"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { askForAccess } from "./actions.ts";

export type RequestField = "reason";

type RequestFormProps = {
  /** What it is about: below what went wrong, above the field. */
  children: ReactNode;
  uid: string;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** Asks the office for a system. */
export function RequestForm({ uid, words, summary, children }: RequestFormProps) {
  const [{ values, errors }, action] = useActionState<FormState<RequestField>, FormData>(askForAccess, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors({ values, errors }, ["form", "reason"], { form: "reason" })} words={summary} />
      {children}
      <input type="hidden" name="uid" value={uid} />
      <div className="mt-6">
        <TextArea
          name="reason"
          label={words.label}
          hint={words.hint}
          defaultValue={values.reason}
          error={errors.reason}
        />
      </div>
      <div className="actions">
        <Submit block busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
