"use client";
import { useActionState } from "react";
import type { CountriesElsewhere } from "#app/(public)/country-select.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "#app/(public)/identity-fields.tsx";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { Choices } from "#components/form/choices.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { ReasonField } from "../reason-field.tsx";
import { askForIdentity } from "./actions.ts";

export type CorrectedField = IdentityField | "why" | "reason";
/** `countries`: their options, for a browser without JavaScript, which could not have fetched them. */
export type IdentityState = FormState<CorrectedField> & { countries?: string };

type IdentityFormProps = {
  words: IdentityWords & Record<"why" | "reason" | "reasonHint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  elsewhere: CountriesElsewhere;
  /** Where there is one only, nothing is asked. */
  whys: readonly { value: string; label: string }[];
  /** Which document they have now. */
  now: "mykad" | "passport";
};

const order = ["form", "why", "identityType", "identityNumber", "passportCountry", "reason"] as const;

export function IdentityForm({ words, summary, elsewhere, whys, now }: IdentityFormProps) {
  const begun: IdentityState = { ...untouched, values: { identityType: now } };
  const [state, action] = useActionState<IdentityState, FormData>(askForIdentity, begun);
  const { values, errors } = state;
  const [only, ...others] = whys;
  return (
    <form action={action} noValidate className="card">
      <ErrorSummary errors={listErrors(state, order, { form: "identityNumber" })} words={summary} />
      {others.length === 0 ? (
        <input type="hidden" name="why" value={only?.value} />
      ) : (
        <Choices name="why" legend={words.why} options={whys} defaultValue={values.why} error={errors.why} />
      )}
      <IdentityFields
        kind="choose"
        words={words}
        countries={state.countries ?? ""}
        elsewhere={elsewhere}
        values={values}
        errors={errors}
      />
      <ReasonField words={words} values={values} errors={errors} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
