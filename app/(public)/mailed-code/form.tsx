"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "../identity-fields.tsx";

export type MailedCodeState = FormState<IdentityField | "officialEmail" | "code">;

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  action: (state: MailedCodeState, form: FormData) => Promise<MailedCodeState>;
  words: { label: string; hint: string; submit: string; submitting: string };
  summary: ErrorSummaryProps["words"];
  /** Whose it is: one of them is asked for where this browser has not asked for the letter itself. */
  officialEmail?: { label: string; hint: string } | undefined;
  identity?: { kind: "mykad" | "passport"; words: IdentityWords; countries: string } | undefined;
};

const order = ["officialEmail", "identityType", "identityNumber", "passportCountry", "code"] as const;

/** The eight digits of a letter, typed where its link was not opened, and whose they are. */
export function MailedCodeForm({ action: open, words, summary, officialEmail, identity, children }: Props) {
  const [state, action] = useActionState<MailedCodeState, FormData>(open, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, { identityType: "identityNumber" })} words={summary} />
      {children}
      {officialEmail && (
        <Field
          name="officialEmail"
          type="email"
          autoComplete="email"
          label={officialEmail.label}
          hint={officialEmail.hint}
          defaultValue={state.values.officialEmail}
          error={state.errors.officialEmail}
        />
      )}
      {identity && <IdentityFields {...identity} {...state} />}
      <CodeField
        name="code"
        digits={8}
        label={words.label}
        hint={words.hint}
        defaultValue={state.values.code}
        error={state.errors.code}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
