"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { ReasonField } from "../reason-field.tsx";
import { askForName } from "./actions.ts";

export type NameField = "fullName" | "reason";

type NameFormProps = {
  words: Record<"label" | "hint" | "reason" | "reasonHint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function NameForm({ words, summary }: NameFormProps) {
  const [state, action] = useActionState<FormState<NameField>, FormData>(askForName, untouched);
  const { values, errors } = state;
  return (
    <form action={action} noValidate className="card">
      <ErrorSummary errors={listErrors(state, ["form", "fullName", "reason"], { form: "fullName" })} words={summary} />
      <Field
        name="fullName"
        label={words.label}
        hint={words.hint}
        autoComplete="name"
        defaultValue={values.fullName}
        error={errors.fullName}
      />
      <ReasonField words={words} values={values} errors={errors} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
