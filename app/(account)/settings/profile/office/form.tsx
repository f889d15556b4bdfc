"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { ReasonField } from "../reason-field.tsx";
import { askForOffice } from "./actions.ts";

export type OfficeField = "office" | "reason";

type OfficeFormProps = {
  words: Record<"label" | "placeholder" | "reason" | "reasonHint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  offices: readonly { value: string; label: string }[];
};

export function OfficeForm({ words, summary, offices }: OfficeFormProps) {
  const [state, action] = useActionState<FormState<OfficeField>, FormData>(askForOffice, untouched);
  const { values, errors } = state;
  return (
    <form action={action} noValidate className="card">
      <ErrorSummary errors={listErrors(state, ["form", "office", "reason"], { form: "office" })} words={summary} />
      <SelectField
        key={values.office}
        name="office"
        label={words.label}
        placeholder={words.placeholder}
        options={offices}
        defaultValue={values.office ?? ""}
        error={errors.office}
      />
      <ReasonField words={words} values={values} errors={errors} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
