"use client";
import { useActionState } from "react";
import { type FormState, listErrors } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { describedBy, Field, FieldFrame } from "#components/form/field.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import type { Person } from "#lib/helpdesk/audit-trail/find-people.ts";
import { searchTrailAction } from "./actions.ts";
import { type ChosenPerson, PersonField as PersonInput } from "./person-field.tsx";

export type PersonField = "whom" | "who";
export type AuditField = PersonField | "by" | "about" | "outcome" | "from" | "until";
export type AuditFormState = FormState<AuditField> & {
  /** Several people are what was typed; `limit`: there are more than are listed. */
  choices: Partial<Record<PersonField, { people: readonly Person[]; limit: number | null }>>;
};

type Option = { value: string; label: string };
type AuditFormProps = {
  /** What the page shows now. */
  now: Partial<Record<AuditField, string>>;
  people: Partial<Record<PersonField, ChosenPerson>>;
  options: {
    by: readonly Option[];
    outcome: readonly Option[];
    about: readonly { label: string; of: readonly Option[] }[];
  };
  words: Record<
    | AuditField
    | "legend"
    | "personHint"
    | "any"
    | "submit"
    | "submitting"
    | "clear"
    | "drop"
    | "chooseHint"
    | "chooseMore"
    | "searchAgain",
    string
  > & { choose: Record<PersonField, string> };
  summary: ErrorSummaryProps["words"];
  clear: string;
  /** This page, as it was before anybody was asked for. */
  again: string;
};

/** Where somebody is to be chosen, the choice stands in place of the field. */
const chooserIds = (choices: AuditFormState["choices"]) => ({
  ...(choices.whom && { whom: "whomId" }),
  ...(choices.who && { who: "whoId" }),
});

const order = ["whom", "who", "by", "about", "outcome", "from", "until"] as const;

export function AuditForm({ now, people, options, words, summary, clear, again }: AuditFormProps) {
  const [state, action] = useActionState<AuditFormState, FormData>(searchTrailAction, {
    values: {},
    errors: {},
    choices: {},
  });
  const { errors, choices } = state;
  const values = { ...now, ...state.values };
  return (
    <form action={action} noValidate className="card trail-search" aria-label={words.legend}>
      <ErrorSummary errors={listErrors(state, order, chooserIds(choices))} words={summary} />
      <div className="filters people">
        {(["whom", "who"] as const).map((name) => (
          <PersonInput
            key={name}
            name={name}
            label={words[name]}
            typed={state.values[name]}
            chosen={people[name]}
            choices={choices[name]}
            error={errors[name]}
            again={again}
            words={{ ...words, choose: words.choose[name] }}
          />
        ))}
      </div>
      <div className="filters">
        <SelectField
          name="by"
          label={words.by}
          placeholder={words.any}
          options={options.by}
          defaultValue={values.by ?? ""}
        />
        <FieldFrame id="about" label={words.about}>
          <select
            id="about"
            name="about"
            className="input"
            defaultValue={values.about ?? ""}
            {...describedBy("about", false, undefined)}
          >
            <option value="">{words.any}</option>
            {options.about.map(({ label, of }) => (
              <optgroup key={label} label={label}>
                {of.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </FieldFrame>
        <SelectField
          name="outcome"
          label={words.outcome}
          placeholder={words.any}
          options={options.outcome}
          defaultValue={values.outcome ?? ""}
        />
        <Field name="from" type="date" label={words.from} defaultValue={values.from} error={errors.from} />
        <Field name="until" type="date" label={words.until} defaultValue={values.until} error={errors.until} />
      </div>
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
        <LinkButton variant="quiet" href={clear}>
          {words.clear}
        </LinkButton>
      </div>
    </form>
  );
}
