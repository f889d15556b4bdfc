"use client";
import { Choices } from "#components/form/choices.tsx";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { AdminForm } from "../admin-form.tsx";
import type { AdminState } from "../admin-state.ts";
import { savePolicy } from "./actions.ts";

type Field = "passwordPolicy" | "twoFactors" | "consoleAssurance" | "registration";
export type PolicyChoice = {
  name: Field;
  legend: string;
  hint: string;
  value: string;
  options: readonly { value: string; label: string }[];
};

type PolicyFormProps = {
  choices: readonly PolicyChoice[];
  version: number;
  readOnly: boolean;
  begin: AdminState<Field>;
  words: { save: string; saving: string };
  summary: ErrorSummaryProps["words"];
};

export function PolicyForm({ choices, ...form }: PolicyFormProps) {
  return (
    <AdminForm<Field> action={savePolicy} order={choices.map(({ name }) => name)} {...form}>
      {({ values, errors }) =>
        choices.map(({ name, legend, hint, value, options }) => (
          <Choices
            key={`${name} ${values[name]}`}
            name={name}
            legend={legend}
            hint={hint}
            options={options}
            defaultValue={values[name] ?? value}
            error={errors[name]}
          />
        ))
      }
    </AdminForm>
  );
}
