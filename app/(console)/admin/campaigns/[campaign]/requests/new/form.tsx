"use client";
import { useActionState } from "react";
import { listErrors, untouched } from "#app/form-state.ts";
import { Choices } from "#components/form/choices.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { FieldError } from "#components/form/field.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import { type PrepareState, prepare } from "./actions.ts";

type PersonShown = Record<"id" | "name" | "identity" | "office" | "href" | "tick", string> & {
  may: boolean;
  enrolment: string | null;
  roles: readonly string[];
};

type PrepareFormProps = {
  campaign: string;
  heading: string;
  /** The only one found is the one that is meant. */
  one: boolean;
  people: readonly PersonShown[];
  roles: readonly { value: string; label: string }[];
  words: Record<
    | "what"
    | "kind"
    | "enrolment"
    | "role_grant"
    | "role_end"
    | "role"
    | "roleHint"
    | "rolePlaceholder"
    | "submit"
    | "submitting"
    | "notYours"
    | "noRoles"
    | "prepared"
    | "somePassedOver",
    string
  >;
  heads: Record<"person" | "office" | "stands" | "holds", string>;
  reason: ReasonWords;
  summary: ErrorSummaryProps["words"];
};

/** Whom, then what: the same for everybody who is ticked. */
export function PrepareForm({
  campaign,
  heading,
  one,
  people,
  roles,
  words,
  heads,
  reason,
  summary,
}: PrepareFormProps) {
  const [state, action] = useActionState<PrepareState, FormData>(prepare, untouched);
  const { errors, values, passedOver } = state;
  const kept = values.person === undefined ? null : new Set(values.person.split(" "));
  const first = people.find((person) => person.may);
  return (
    <form action={action} noValidate>
      <ErrorSummary
        errors={listErrors(state, ["form", "person", "role", "reason"], { person: `person-${first?.id}` })}
        words={summary}
      />
      {passedOver && (
        <Callout tone="warn">
          {words.prepared.replace("{count}", String(state.prepared ?? 0))} {words.somePassedOver}
        </Callout>
      )}
      <input type="hidden" name="campaign" value={campaign} />
      <section className="card" aria-labelledby="people">
        <h2 className="h4" id="people">
          {heading}
        </h2>
        {errors.person && <FieldError id="person">{errors.person}</FieldError>}
        <table className="table" {...tableRoles.table}>
          <thead {...tableRoles.group}>
            <tr {...tableRoles.row}>
              {(["person", "office", "stands", "holds"] as const).map((head) => (
                <th key={head} {...tableRoles.head}>
                  {heads[head]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...tableRoles.group}>
            {people.map((person) => (
              <tr key={person.id} {...tableRoles.row}>
                <td className="lead-cell" data-l={heads.person} {...tableRoles.cell}>
                  <span className="register-pick">
                    <input
                      type="checkbox"
                      name="person"
                      id={`person-${person.id}`}
                      value={person.id}
                      aria-label={person.tick}
                      disabled={!person.may}
                      defaultChecked={person.may && (kept ? kept.has(person.id) : one)}
                      {...(errors.person && { "aria-invalid": true, "aria-describedby": "person-error" })}
                    />
                    <span>
                      <a href={person.href}>{person.name}</a>
                      <br />
                      <span className="hint num">{person.identity}</span>
                      {passedOver?.[person.id] && (
                        <FieldError id={`over-${person.id}`}>{passedOver[person.id]}</FieldError>
                      )}
                    </span>
                  </span>
                </td>
                <td data-l={heads.office} {...tableRoles.cell}>
                  <span>{person.office}</span>
                </td>
                <td data-l={heads.stands} {...tableRoles.cell}>
                  <span>{person.may ? (person.enrolment ?? "–") : words.notYours}</span>
                </td>
                <td data-l={heads.holds} {...tableRoles.cell}>
                  <span>{person.roles.join(", ") || words.noRoles}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card" aria-labelledby="what">
        <h2 className="h4" id="what">
          {words.what}
        </h2>
        {roles.length > 0 && (
          <>
            <Choices
              name="kind"
              legend={words.kind}
              defaultValue={values.kind ?? "enrolment"}
              options={(["enrolment", "role_grant", "role_end"] as const).map((kind) => ({
                value: kind,
                label: words[kind],
              }))}
            />
            <SelectField
              name="role"
              label={words.role}
              hint={words.roleHint}
              placeholder={words.rolePlaceholder}
              options={roles}
              defaultValue={values.role ?? ""}
              error={errors.role}
            />
          </>
        )}
        <ReasonField words={reason} error={errors.reason} typed={values.reason} />
        <div className="actions">
          <Submit busy={words.submitting}>{words.submit}</Submit>
        </div>
      </section>
    </form>
  );
}
