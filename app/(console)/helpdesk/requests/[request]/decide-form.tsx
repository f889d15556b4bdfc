"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { decide } from "./actions.ts";

type DecideFormProps = {
  requestId: string;
  words: Record<"approve" | "decline" | "deciding", string>;
  reason: ReasonWords;
  summary: ErrorSummaryProps["words"];
  /** Typed before this officer was asked to prove who they are. */
  typed: string | undefined;
};

export function DecideForm({ requestId, words, reason, summary, typed }: DecideFormProps) {
  const [state, action] = useActionState<FormState<"reason">, FormData>(decide, untouched);
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["form", "reason"], { form: "reason" })} words={summary} />
      <input type="hidden" name="request" value={requestId} />
      <ReasonField words={reason} typed={state.values.reason ?? typed} error={state.errors.reason} />
      <div className="actions">
        <Submit name="decision" value="approve" icon="check" busy={words.deciding}>
          {words.approve}
        </Submit>
        <Submit name="decision" value="decline" variant="danger" busy={words.deciding}>
          {words.decline}
        </Submit>
      </div>
    </form>
  );
}
