"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { askForSystem } from "../actions.ts";

type AskFormProps = {
  systemId: string;
  words: Record<"label" | "hint" | "text" | "submit" | "submitting" | "cancel", string>;
  summary: ErrorSummaryProps["words"];
};

export function AskForm({ systemId, words, summary }: AskFormProps) {
  const [state, action] = useActionState<FormState<"note">, FormData>(askForSystem, untouched);
  return (
    <form action={action} noValidate className="card">
      <ErrorSummary errors={listErrors(state, ["note", "form"], { form: "note" })} words={summary} />
      <p>{words.text}</p>
      <input type="hidden" name="systemId" value={systemId} />
      <TextArea
        name="note"
        label={words.label}
        hint={words.hint}
        rows={4}
        defaultValue={state.values.note ?? ""}
        error={state.errors.note}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
        <LinkButton variant="quiet" href="/home/access">
          {words.cancel}
        </LinkButton>
      </div>
    </form>
  );
}
