import type { FormState } from "#app/form-state.ts";
import { describedBy, Field, FieldError } from "#components/form/field.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import type { RolesField } from "./read-roles-form.ts";

export type RolesFieldsProps = {
  /** `2026-11-21`: the first day that is offered. */
  today: string;
  words: Record<"roles" | "rolesHint" | "from" | "until" | "untilHint", string>;
  reason: ReasonWords;
  roles: readonly { value: string; label: string }[];
};

/** Which roles of a system, from when until when, and why. One role alone is chosen from the start. */
export function RolesFields({
  today,
  words,
  reason,
  roles,
  state: { values, errors },
}: RolesFieldsProps & { state: FormState<RolesField> }) {
  const chosen = new Set((values.roles ?? "").split(" "));
  return (
    <>
      <fieldset
        className={`field${errors.roles ? " has-error" : ""}`}
        {...describedBy("roles", words.rolesHint, errors.roles)}
      >
        <legend className="label">{words.roles}</legend>
        <p className="hint" id="roles-hint">
          {words.rolesHint}
        </p>
        {errors.roles && <FieldError id="roles">{errors.roles}</FieldError>}
        <div className="choices">
          {roles.map(({ value, label }, place) => (
            <label className="choice" key={value}>
              <input
                type="checkbox"
                name="roles"
                id={place === 0 ? "roles" : `roles-${value}`}
                value={value}
                defaultChecked={chosen.has(value) || roles.length === 1}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
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
