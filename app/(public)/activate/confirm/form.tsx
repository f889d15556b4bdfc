"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { confirm } from "./actions.ts";

type Props = {
  children: ReactNode;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function ConfirmForm({ words, summary, children }: Props) {
  const [state, action] = useActionState<FormState<"identityLast4">, FormData>(confirm, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["identityLast4"])} words={summary} />
      {children}
      <Field
        name="identityLast4"
        width="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        label={words.label}
        hint={words.hint}
        defaultValue={state.values.identityLast4}
        error={state.errors.identityLast4}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
