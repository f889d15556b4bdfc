"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { reportLost } from "./actions.ts";

type LostFormProps = {
  tokenId: string;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  cancel: ReactNode;
};

export function LostForm({ tokenId, words, summary, cancel }: LostFormProps) {
  const [state, action] = useActionState<FormState<"note">, FormData>(reportLost, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["note"])} words={summary} />
      <input type="hidden" name="token" value={tokenId} />
      <TextArea
        name="note"
        label={words.label}
        hint={words.hint}
        error={state.errors.note}
        defaultValue={state.values.note}
        autoComplete="off"
        dir="auto"
      />
      <div className="actions">
        <Submit variant="danger" busy={words.submitting}>
          {words.submit}
        </Submit>
        {cancel}
      </div>
    </form>
  );
}
