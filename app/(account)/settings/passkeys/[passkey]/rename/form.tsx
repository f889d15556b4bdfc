"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { renameOwnPasskey } from "./actions.ts";

type Props = {
  /** The heading: below what went wrong, above the field. */
  children: ReactNode;
  passkeyId: string;
  name: string;
  max: number;
  words: Record<"name" | "hint" | "save" | "saving", string>;
  summary: ErrorSummaryProps["words"];
  cancel: ReactNode;
};

export function RenameForm({ children, passkeyId, name, max, words, summary, cancel }: Props) {
  const [state, action] = useActionState<FormState<"name">, FormData>(renameOwnPasskey, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["name"])} words={summary} />
      {children}
      <input type="hidden" name="passkey" value={passkeyId} />
      <Field
        name="name"
        label={words.name}
        hint={words.hint}
        autoComplete="off"
        maxLength={max}
        defaultValue={state.values.name ?? name}
        error={state.errors.name}
      />
      <div className="actions">
        <Submit busy={words.saving}>{words.save}</Submit>
        {cancel}
      </div>
    </form>
  );
}
