"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field, FieldError } from "#components/form/field.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { AdminForm } from "../admin-form.tsx";
import type { AdminState } from "../admin-state.ts";
import { saveLook } from "./actions.ts";
import { lookFields } from "./fields.ts";

type LookName = (typeof lookFields)[number];

type LookFormProps = {
  now: Record<LookName, string>;
  colours: readonly { value: string; label: string }[];
  version: number;
  readOnly: boolean;
  begin: AdminState<LookName>;
  words: Record<LookName | "colourHint" | "save" | "saving", string>;
  summary: ErrorSummaryProps["words"];
};

export function LookForm({ now, colours, words, ...form }: LookFormProps) {
  return (
    <AdminForm<LookName> action={saveLook} order={lookFields} words={words} {...form}>
      {({ values, errors }) => {
        const given = (name: LookName) => ({
          name,
          label: words[name],
          defaultValue: values[name] ?? now[name],
          error: errors[name],
        });
        return (
          <>
            <Field {...given("nameMs")} lang="ms" autoComplete="off" />
            <Field {...given("nameEn")} lang="en" autoComplete="off" />
            <TextArea {...given("address")} />
            <Field {...given("helpdeskPhone")} type="tel" width="id" autoComplete="off" />
            <Field {...given("helpdeskEmail")} type="email" autoComplete="off" />
            <Colours
              key={`colour ${values.colour}`}
              colours={colours}
              chosen={values.colour ?? now.colour}
              legend={words.colour}
              hint={words.colourHint}
              error={errors.colour}
            />
          </>
        );
      }}
    </AdminForm>
  );
}

type ColoursProps = {
  colours: LookFormProps["colours"];
  chosen: string;
  legend: string;
  hint: string;
  error: string | undefined;
};

/** Each with a swatch of itself, and its name beside it. */
function Colours({ colours, chosen, legend, hint, error }: ColoursProps) {
  return (
    <fieldset className={`field${error ? " has-error" : ""}`} aria-describedby="colour-hint">
      <legend className="label">{legend}</legend>
      <p className="hint" id="colour-hint">
        {hint}
      </p>
      {error && <FieldError id="colour">{error}</FieldError>}
      <div className="choices admin-colours">
        {colours.map(({ value, label }, place) => (
          <label className="choice" key={value}>
            <input
              type="radio"
              name="colour"
              id={place === 0 ? "colour" : `colour-${value}`}
              value={value}
              defaultChecked={value === chosen}
            />
            <span className={`swatch ${value}`} aria-hidden />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
