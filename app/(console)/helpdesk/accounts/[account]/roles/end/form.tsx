"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";

type EndFormProps = {
  action: (state: FormState<"reason">, form: FormData) => Promise<FormState<"reason">>;
  account: string;
  grant: string;
  back: string;
  words: Record<"submit" | "submitting" | "cancel", string>;
  reason: ReasonWords;
  typed: string | undefined;
  summary: ErrorSummaryProps["words"];
};

/** Why a role ends, and the button that ends it. */
export function EndForm({ action, account, grant, back, words, reason, typed, summary }: EndFormProps) {
  const [state, post] = useActionState<FormState<"reason">, FormData>(action, untouched);
  return (
    <form action={post} noValidate>
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
