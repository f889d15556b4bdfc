"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { signInWithPassword } from "./actions.ts";

type Props = {
  children: ReactNode;
  words: Record<"label" | "show" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  /** The person has just gone on to this field: it takes the focus of the button that was pressed. */
  isNext?: boolean;
};

export function PasswordForm({ words, summary, isNext = false, children }: Props) {
  const [state, action] = useActionState<FormState<"password">, FormData>(signInWithPassword, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["password"])} words={summary} />
      {children}
      <PasswordField
        name="password"
        label={words.label}
        showLabel={words.show}
        autoComplete="current-password"
        error={state.errors.password}
        autoFocus={isNext && !state.errors.password}
      />
      <div className="actions">
        <Submit block busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
