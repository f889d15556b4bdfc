"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { ColumnField } from "#lib/staff-register/columns/mapping.ts";
import { saveColumns } from "./actions.ts";

type ColumnsFormProps = {
  id: string;
  fields: readonly { name: ColumnField; label: string; now: string }[];
  options: readonly { value: string; label: string }[];
  words: Record<"none" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function ColumnsForm({ id, fields, options, words, summary }: ColumnsFormProps) {
  const [state, action] = useActionState<FormState<ColumnField>, FormData>(saveColumns, untouched);
  const order = ["form", ...fields.map(({ name }) => name)] as const;
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, { form: fields[0]?.name ?? "" })} words={summary} />
      <input type="hidden" name="import" value={id} />
      {fields.map(({ name, label, now }) => (
        <SelectField
          key={`${name} ${state.values[name]}`}
          name={name}
          label={label}
          placeholder={words.none}
          options={options}
          defaultValue={state.values[name] ?? now}
          error={state.errors[name]}
        />
      ))}
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
