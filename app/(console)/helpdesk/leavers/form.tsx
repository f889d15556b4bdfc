"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { FieldError } from "#components/form/field.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import { decide, type LeaversField } from "./actions.ts";

type Shown = Record<"id" | "name" | "href" | "identity" | "office" | "select" | "why" | "when", string> & {
  hasRole: boolean;
};

type LeaversFormProps = {
  words: Record<
    "suspend" | "suspending" | "keep" | "keeping" | "person" | "office" | "why" | "when" | "chosen" | "hasRole",
    string
  >;
  reason: ReasonWords;
  summary: ErrorSummaryProps["words"];
  leavers: readonly Shown[];
};

export function LeaversForm({ words, reason, summary, leavers }: LeaversFormProps) {
  const [state, action] = useActionState<FormState<LeaversField>, FormData>(decide, untouched);
  const chosen = new Set((state.values.leaver ?? "").split(" "));
  const { errors } = state;
  const columns = ["person", "office", "why", "when"] as const;
  return (
    <form action={action} noValidate>
      <ErrorSummary
        errors={listErrors(state, ["form", "leaver", "reason"], { form: "reason", leaver: `leaver-${leavers[0]?.id}` })}
        words={summary}
      />
      <section className="card">
        {errors.leaver && <FieldError id="leaver">{errors.leaver}</FieldError>}
        <table className="table" {...tableRoles.table}>
          <thead {...tableRoles.group}>
            <tr {...tableRoles.row}>
              {columns.map((column) => (
                <th key={column} {...tableRoles.head}>
                  {words[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...tableRoles.group}>
            {leavers.map((leaver) => (
              <tr key={leaver.id} {...tableRoles.row}>
                <td className="lead-cell" data-l={words.person} {...tableRoles.cell}>
                  <span className="register-pick">
                    <input
                      type="checkbox"
                      id={`leaver-${leaver.id}`}
                      name="leaver"
                      value={leaver.id}
                      aria-label={leaver.select}
                      defaultChecked={chosen.has(leaver.id)}
                      {...(errors.leaver && { "aria-invalid": true, "aria-describedby": "leaver-error" })}
                    />
                    <span>
                      <a href={leaver.href}>{leaver.name}</a>
                      <br />
                      <span className="hint num">{leaver.identity}</span>
                    </span>
                  </span>
                </td>
                <td data-l={words.office} {...tableRoles.cell}>
                  {leaver.office}
                </td>
                <td data-l={words.why} {...tableRoles.cell}>
                  {leaver.why}
                </td>
                <td data-l={words.when} {...tableRoles.cell}>
                  <span>
                    {leaver.when} {leaver.hasRole && <Badge tone="warn">{words.hasRole}</Badge>}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card" aria-labelledby="chosen">
        <h2 id="chosen">{words.chosen}</h2>
        <ReasonField words={reason} error={errors.reason} typed={state.values.reason} />
        <div className="actions">
          <Submit name="decision" value="suspend" variant="danger" busy={words.suspending}>
            {words.suspend}
          </Submit>
          <Submit name="decision" value="keep" variant="second" busy={words.keeping}>
            {words.keep}
          </Submit>
        </div>
      </section>
    </form>
  );
}
