"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { apply } from "./actions.ts";

type ApplyFormProps = {
  id: string;
  words: { submit: string; busy: string };
  summary: ErrorSummaryProps["words"];
};

export function ApplyForm({ id, words, summary }: ApplyFormProps) {
  const [state, action] = useActionState<FormState<never>, FormData>(apply, untouched);
  return (
    <form action={action}>
      <ErrorSummary errors={listErrors(state, ["form"], { form: "apply" })} words={summary} />
      <input type="hidden" name="import" value={id} />
      <div className="actions">
        <Submit busy={words.busy}>{words.submit}</Submit>
      </div>
    </form>
  );
}
