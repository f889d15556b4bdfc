"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { report } from "./actions.ts";

type ReportFormProps = {
  eventId: number;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  cancel: ReactNode;
  children: ReactNode;
};

/** What is about to be reported, then whatever the person wants to say about it. */
export function ReportForm({ eventId, words, summary, cancel, children }: ReportFormProps) {
  const [state, action] = useActionState<FormState<"reason">, FormData>(report, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["reason"])} words={summary} />
      {children}
      <input type="hidden" name="event" value={eventId} />
      <TextArea
        name="reason"
        label={words.label}
        hint={words.hint}
        error={state.errors.reason}
        defaultValue={state.values.reason}
        autoComplete="off"
        dir="auto"
      />
      <div className="actions">
        <Submit variant="danger" icon="lock" busy={words.submitting}>
          {words.submit}
        </Submit>
        {cancel}
      </div>
    </form>
  );
}
