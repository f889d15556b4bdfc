"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { refuseWithReason } from "./actions.ts";

type Props = {
  uid: string;
  digest: string;
  words: Record<"open" | "label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** No, and why: closed until somebody wants to, so that nobody refuses by a slip. */
export function RefuseForm({ uid, digest, words, summary }: Props) {
  const [state, action] = useActionState<FormState<"reason">, FormData>(refuseWithReason, untouched);
  const errors = listErrors(state, ["form", "reason"], { form: "reason" });
  return (
    <details className="refuse sure" open={errors.length > 0 || undefined}>
      <summary>{words.open}</summary>
      <form action={action} noValidate>
        <ErrorSummary errors={errors} words={summary} />
        <input type="hidden" name="uid" value={uid} />
        <input type="hidden" name="digest" value={digest} />
        <TextArea
          name="reason"
          label={words.label}
          hint={words.hint}
          defaultValue={state.values.reason}
          error={state.errors.reason}
        />
        <div className="actions">
          <Submit block variant="danger" busy={words.submitting}>
            {words.submit}
          </Submit>
        </div>
      </form>
    </details>
  );
}
