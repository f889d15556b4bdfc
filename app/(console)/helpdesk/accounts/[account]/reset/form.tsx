"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { askSecondOfficer } from "./actions.ts";

type ResetFormProps = {
  accountId: string;
  words: { submit: string; submitting: string };
  reason: ReasonWords;
  summary: ErrorSummaryProps["words"];
  /** Typed before this officer was asked to prove who they are. */
  typed: string | undefined;
};

export function ResetForm({ accountId, words, reason, summary, typed }: ResetFormProps) {
  const [state, action] = useActionState<FormState<"reason">, FormData>(askSecondOfficer, untouched);
  return (
    <form action={action} noValidate className="mt-6">
      <ErrorSummary errors={listErrors(state, ["form", "reason"], { form: "reason" })} words={summary} />
      <input type="hidden" name="account" value={accountId} />
      <ReasonField words={reason} typed={state.values.reason ?? typed} error={state.errors.reason} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
