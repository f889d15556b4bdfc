import type { FormState } from "#app/form-state.ts";
import { describedBy, FieldError } from "#components/form/field.tsx";
import { PeriodFields, type PeriodFieldsProps } from "../period-fields.tsx";
import type { RolesField } from "./read-roles-form.ts";

export type RolesFieldsProps = PeriodFieldsProps & {
  words: Record<"roles" | "rolesHint", string>;
  roles: readonly { value: string; label: string }[];
};

/** Which roles of a system, from when until when, and why. One role alone is chosen from the start. */
export function RolesFields({
  today,
  words,
  reason,
  roles,
  state,
}: RolesFieldsProps & { state: FormState<RolesField> }) {
  const { values, errors } = state;
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
      <PeriodFields today={today} words={words} reason={reason} state={state} />
    </>
  );
}
