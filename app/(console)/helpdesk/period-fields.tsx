import type { FormState } from "#app/form-state.ts";
import { Field } from "#components/form/field.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import type { PeriodField } from "./read-period.ts";

export type PeriodFieldsProps = {
  /** `2026-11-21`: the first day that is offered. */
  today: string;
  words: Record<"from" | "until" | "untilHint", string>;
  reason: ReasonWords;
};

/** From when until when somebody is given something, and why. */
export function PeriodFields({
  today,
  words,
  reason,
  state: { values, errors },
}: PeriodFieldsProps & { state: Pick<FormState<PeriodField>, "values" | "errors"> }) {
  return (
    <>
      <Field
        type="date"
        name="from"
        width="id"
        label={words.from}
        min={today}
        defaultValue={values.from ?? today}
        error={errors.from}
      />
      <Field
        type="date"
        name="until"
        width="id"
        label={words.until}
        hint={words.untilHint}
        min={today}
        defaultValue={values.until}
        error={errors.until}
      />
      <ReasonField words={reason} error={errors.reason} typed={values.reason} />
    </>
  );
}
