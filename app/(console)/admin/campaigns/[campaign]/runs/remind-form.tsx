"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { type RemindField, startReminder } from "./actions.ts";

type RemindFormProps = {
  /** Whom it is for: what the page was asked for. */
  kept: readonly (readonly [name: string, value: string])[];
  words: Record<"reason" | "reasonHint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** Why people are reminded, and the button that does it. */
export function RemindForm({ kept, words, summary }: RemindFormProps) {
  const [state, action] = useActionState<FormState<RemindField>, FormData>(startReminder, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["form", "reason"], { form: "reason" })} words={summary} />
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextArea
        key={state.values.reason}
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        defaultValue={state.values.reason}
        error={state.errors.reason}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
