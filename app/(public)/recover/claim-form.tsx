"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { Captcha, type CaptchaWords } from "#components/form/captcha.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "../identity-fields.tsx";

export type ClaimField = IdentityField | "officialEmail" | "captcha";
export type ClaimState = FormState<ClaimField>;

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  action: (state: ClaimState, form: FormData) => Promise<ClaimState>;
  kind: "mykad" | "passport";
  words: IdentityWords & Record<"officialEmail" | "officialEmailHint" | "submit" | "submitting", string>;
  captcha: CaptchaWords;
  summary: ErrorSummaryProps["words"];
  countries: string;
};

const order = ["form", "officialEmail", "identityType", "identityNumber", "passportCountry", "captcha"] as const;

/** Whose account somebody wants to get back into: its official mailbox, and the number it belongs to. */
export function ClaimForm({ action: ask, kind, words, captcha, summary, countries, children }: Props) {
  const [state, action] = useActionState<ClaimState, FormData>(ask, untouched);
  const ids = { form: "officialEmail", identityType: "identityNumber" };
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, ids)} words={summary} />
      {children}
      <Field
        name="officialEmail"
        type="email"
        label={words.officialEmail}
        hint={words.officialEmailHint}
        autoComplete="email"
        defaultValue={state.values.officialEmail}
        error={state.errors.officialEmail}
      />
      <IdentityFields kind={kind} words={words} countries={countries} {...state} />
      <Captcha words={captcha} error={state.errors.captcha} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
