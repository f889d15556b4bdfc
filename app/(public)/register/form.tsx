"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { Captcha, type CaptchaWords } from "#components/form/captcha.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { CountriesElsewhere } from "../country-select.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "../identity-fields.tsx";
import { register } from "./actions.ts";

/** `countries`: their options, for a browser without JavaScript, which could not have fetched them. */
export type RegisterState = FormState<RegisterField> & { countries?: string };
export type RegisterField = IdentityField | "fullName" | "officialEmail" | "office" | "captcha";

type Words = IdentityWords &
  Record<
    | "fullName"
    | "fullNameHint"
    | "officialEmail"
    | "officialEmailHint"
    | "office"
    | "officePlaceholder"
    | "submit"
    | "submitting"
    | "reset",
    string
  >;

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  words: Words;
  summary: ErrorSummaryProps["words"];
  captcha: CaptchaWords;
  elsewhere: CountriesElsewhere;
  offices: readonly { value: string; label: string }[];
  /** What Google has filled in, for somebody who came by it. */
  filled: { fullName: string; officialEmail: string } | null;
};

const order = [
  "form",
  "identityType",
  "identityNumber",
  "passportCountry",
  "fullName",
  "officialEmail",
  "office",
  "captcha",
] as const;

export function RegisterForm({ words, summary, captcha, elsewhere, offices, filled, children }: Props) {
  const begun = filled ? { values: filled, errors: {} } : untouched;
  const [state, action] = useActionState<RegisterState, FormData>(register, begun);
  const { values, errors } = state;
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, { form: "identityNumber" })} words={summary} />
      {children}
      {filled && <input type="hidden" name="with" value="google" />}
      <IdentityFields
        kind="choose"
        words={words}
        countries={state.countries ?? ""}
        elsewhere={elsewhere}
        values={values}
        errors={errors}
      />
      <Field
        name="fullName"
        label={words.fullName}
        hint={words.fullNameHint}
        autoComplete="name"
        defaultValue={values.fullName}
        error={errors.fullName}
      />
      <Field
        name="officialEmail"
        type="email"
        label={words.officialEmail}
        hint={words.officialEmailHint}
        autoComplete="email"
        defaultValue={values.officialEmail}
        error={errors.officialEmail}
      />
      <SelectField
        key={values.office}
        name="office"
        label={words.office}
        placeholder={words.officePlaceholder}
        options={offices}
        defaultValue={values.office ?? ""}
        error={errors.office}
      />
      <Captcha words={captcha} error={errors.captcha} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
        {/* A link, so that it clears what an earlier answer filled in, too, and works without JavaScript. */}
        <a className="btn btn-quiet" href="/register">
          {words.reset}
        </a>
      </div>
    </form>
  );
}
