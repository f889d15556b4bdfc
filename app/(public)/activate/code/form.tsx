"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "../../identity-fields.tsx";
import { enterCode } from "./actions.ts";

export type CodeFormField = IdentityField | "code";

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  words: { label: string; hint: string; submit: string; submitting: string };
  summary: ErrorSummaryProps["words"];
  /** Asked for where this browser has not asked for the letter itself. */
  identity?: { kind: "mykad" | "passport"; words: IdentityWords; countries: string };
};

const order = ["identityType", "identityNumber", "passportCountry", "code"] as const;

export function CodeForm({ words, summary, identity, children }: Props) {
  const [state, action] = useActionState<FormState<CodeFormField>, FormData>(enterCode, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, { identityType: "identityNumber" })} words={summary} />
      {children}
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
