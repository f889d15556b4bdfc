"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { Choices } from "#components/form/choices.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type RoundField, start } from "./actions.ts";

type StartFormProps = {
  words: Record<"who" | "never" | "waiting" | "office" | "all" | "submit" | "submitting", string>;
  offices: readonly { value: string; label: string }[];
  summary: ErrorSummaryProps["words"];
};

export function StartForm({ words, offices, summary }: StartFormProps) {
  const [state, action] = useActionState<FormState<RoundField>, FormData>(start, untouched);
  const { values } = state;
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["form"], { form: "who" })} words={summary} />
      <Choices
        key={values.who}
        name="who"
        legend={words.who}
        defaultValue={values.who ?? "never"}
        options={[
          { value: "never", label: words.never },
          { value: "waiting", label: words.waiting },
        ]}
      />
      <SelectField
        key={`office ${values.office}`}
        name="office"
        label={words.office}
        placeholder={words.all}
        options={offices}
        defaultValue={values.office ?? ""}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
