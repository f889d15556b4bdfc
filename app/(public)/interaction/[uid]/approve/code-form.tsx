"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { approveByCode } from "./actions.ts";

type Props = {
  uid: string;
  digest: string;
  variant: "primary" | "second";
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** The code that the app shows now: from any machine, with nothing plugged in. */
export function CodeForm({ uid, digest, variant, words, summary }: Props) {
  const [state, action] = useActionState<FormState<"code">, FormData>(approveByCode, untouched);
  const { label, hint, submit, submitting } = words;
  return (
    <form action={action} noValidate className="code-form">
      <ErrorSummary errors={listErrors(state, ["form", "code"], { form: "code" })} words={summary} />
      <input type="hidden" name="uid" value={uid} />
      <input type="hidden" name="digest" value={digest} />
      <CodeField name="code" label={label} hint={hint} error={state.errors.code} digits={6} centered />
      <div className="actions">
        <Submit block variant={variant} busy={submitting}>
          {submit}
        </Submit>
      </div>
    </form>
  );
}
