"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { takeRole } from "../actions.ts";

type EndFormProps = {
  account: string;
  grant: string;
  back: string;
  words: Record<"submit" | "submitting" | "cancel", string>;
  reason: ReasonWords;
  typed: string | undefined;
  summary: ErrorSummaryProps["words"];
};

export function EndForm({ account, grant, back, words, reason, typed, summary }: EndFormProps) {
  const [state, action] = useActionState<FormState<"reason">, FormData>(takeRole, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["form", "reason"], { form: "reason" })} words={summary} />
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="grant" value={grant} />
      <ReasonField words={reason} error={state.errors.reason} typed={state.values.reason ?? typed} />
      <div className="actions">
        <Submit variant="danger" busy={words.submitting}>
          {words.submit}
        </Submit>
        <LinkButton variant="quiet" href={back}>
          {words.cancel}
        </LinkButton>
      </div>
    </form>
  );
}
