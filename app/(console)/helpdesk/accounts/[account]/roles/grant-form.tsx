"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { describedBy, FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { PeriodFields, type PeriodFieldsProps } from "../../../period-fields.tsx";
import { type GrantField, giveRole } from "./actions.ts";

type Option = { value: string; label: string };

type GrantFormProps = PeriodFieldsProps & {
  account: string;
  words: Record<"heading" | "role" | "offices" | "officesHint" | "submit" | "submitting" | "second" | "again", string>;
  /** `text`: what it lets one do. `wide`: over the whole agency, so that no office is asked for. */
  roles: readonly (Option & { text: string; wide: boolean })[];
  offices: readonly Option[];
  /** What was typed before a further proof was asked for. */
  typed: Partial<Record<GrantField, string>>;
  summary: ErrorSummaryProps["words"];
};

export function GrantForm({ account, today, words, reason, roles, offices, typed, summary }: GrantFormProps) {
  const [state, action] = useActionState<FormState<GrantField>, FormData>(giveRole, { ...untouched, values: typed });
  const { values, errors } = state;
  const chosen = new Set((values.offices ?? "").split(" "));
  return (
    <form action={action} noValidate className="card">
      <h2>{words.heading}</h2>
      <p className="mb-5">
        {words.second} {words.again}
      </p>
      <ErrorSummary
        errors={listErrors(state, ["form", "role", "offices", "from", "until", "reason"], { form: "role" })}
        words={summary}
      />
      <input type="hidden" name="account" value={account} />
      <fieldset className={`field${errors.role ? " has-error" : ""}`} {...describedBy("role", false, errors.role)}>
        <legend className="label">{words.role}</legend>
        {errors.role && <FieldError id="role">{errors.role}</FieldError>}
        <div className="choices">
          {roles.map(({ value, label, text }, place) => (
            <label className="choice" key={value}>
              <input
                type="radio"
                name="role"
                id={place === 0 ? "role" : `role-${value}`}
                value={value}
                defaultChecked={values.role === value}
              />
              <span>
                <b>{label}</b> <span className="muted">{text}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {roles.some(({ wide }) => !wide) && (
        <fieldset
          className={`field${errors.offices ? " has-error" : ""}`}
          {...describedBy("offices", words.officesHint, errors.offices)}
        >
          <legend className="label">{words.offices}</legend>
          <p className="hint" id="offices-hint">
            {words.officesHint}
          </p>
          {errors.offices && <FieldError id="offices">{errors.offices}</FieldError>}
          <div className="choices">
            {offices.map(({ value, label }, place) => (
              <label className="choice" key={value}>
                <input
                  type="checkbox"
                  name="offices"
                  id={place === 0 ? "offices" : `offices-${value}`}
                  value={value}
                  defaultChecked={chosen.has(value) || offices.length === 1}
                />
                {label}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <PeriodFields today={today} words={words} reason={reason} state={state} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
