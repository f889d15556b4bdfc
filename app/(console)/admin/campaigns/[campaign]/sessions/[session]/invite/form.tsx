"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import { invite } from "./actions.ts";

type InviteFormProps = {
  campaignId: string;
  sessionId: string;
  words: Record<"person" | "office" | "why" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  people: readonly Record<"id" | "name" | "office" | "why" | "select", string>[];
};

/** A list with a box each. */
export function InviteForm({ campaignId, sessionId, words, summary, people }: InviteFormProps) {
  const [state, action] = useActionState<FormState<"person">, FormData>(invite, untouched);
  const { errors, values } = state;
  const chosen = new Set((values.person ?? "").split(" "));
  const first = `person-${people[0]?.id}`;
  return (
    <form action={action} noValidate className="card">
      <ErrorSummary errors={listErrors(state, ["form", "person"], { form: first, person: first })} words={summary} />
      <input type="hidden" name="campaign" value={campaignId} />
      <input type="hidden" name="session" value={sessionId} />
      {errors.person && <FieldError id="person">{errors.person}</FieldError>}
      <table className="table" {...tableRoles.table}>
        <thead {...tableRoles.group}>
          <tr {...tableRoles.row}>
            {(["person", "office", "why"] as const).map((column) => (
              <th key={column} {...tableRoles.head}>
                {words[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...tableRoles.group}>
          {people.map(({ id, name, office, why, select }) => (
            <tr key={id} {...tableRoles.row}>
              <td className="lead-cell" data-l={words.person} {...tableRoles.cell}>
                <span className="register-pick">
                  <input
                    type="checkbox"
                    id={`person-${id}`}
                    name="person"
                    value={id}
                    aria-label={select}
                    defaultChecked={chosen.has(id)}
                    {...(errors.person && { "aria-invalid": true, "aria-describedby": "person-error" })}
                  />
                  <span>{name}</span>
                </span>
              </td>
              <td data-l={words.office} {...tableRoles.cell}>
                {office}
              </td>
              <td data-l={words.why} {...tableRoles.cell}>
                {why}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
