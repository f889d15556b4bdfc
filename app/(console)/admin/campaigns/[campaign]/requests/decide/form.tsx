"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import type { Tone } from "#components/ui/tone.ts";
import { type DecideField, decide } from "./actions.ts";

export type RequestToRead = Record<
  "id" | "seen" | "name" | "identity" | "office" | "href" | "tick" | "matter" | "asked" | "reason",
  string
> & {
  /** Null while it is open. */
  state: { name: string; tone: Tone | undefined; by: string; why: string | null } | null;
  /** What keeps whoever looks from confirming it. */
  hindrance: string | null;
  decidable: boolean;
  refusable: boolean;
  own: boolean;
  changed: boolean;
};

type DecideFormProps = {
  campaign: string;
  requests: readonly RequestToRead[];
  /** Of a reason that was typed before a further proof was asked for. */
  typed: string | undefined;
  back: string;
  words: Record<
    | "confirmHeading"
    | "confirmText"
    | "confirm"
    | "confirming"
    | "refuseHeading"
    | "refuseText"
    | "reason"
    | "reasonHint"
    | "refuse"
    | "refusing"
    | "withdrawHeading"
    | "withdrawText"
    | "withdraw"
    | "withdrawing"
    | "changed"
    | "yours"
    | "back",
    string
  >;
  heads: Record<"person" | "matter" | "why" | "turn", string>;
  summary: ErrorSummaryProps["words"];
};

/** Every one with a box of its own, ticked where it can be decided: what is unticked stays as it is. */
export function DecideForm({ campaign, requests, typed, back, words, heads, summary }: DecideFormProps) {
  const [state, action] = useActionState<FormState<DecideField>, FormData>(decide, untouched);
  const { errors, values } = state;
  const kept = values.r === undefined ? null : new Set(values.r.split(" "));
  const open = requests.filter((one) => one.state === null && (one.refusable || one.own));
  const some = (of: (one: RequestToRead) => boolean) => open.some(of);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, ["form", "r", "reason"], { r: `r-${open[0]?.id}` })} words={summary} />
      <input type="hidden" name="campaign" value={campaign} />
      <section className="card">
        {errors.r && <FieldError id="r">{errors.r}</FieldError>}
        <table className="table" {...tableRoles.table}>
          <thead {...tableRoles.group}>
            <tr {...tableRoles.row}>
              {(["person", "matter", "why", "turn"] as const).map((head) => (
                <th key={head} {...tableRoles.head}>
                  {heads[head]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...tableRoles.group}>
            {requests.map((request) => (
              <tr key={request.id} {...tableRoles.row}>
                <td className="lead-cell" data-l={heads.person} {...tableRoles.cell}>
                  <input type="hidden" name="shown" value={request.id} />
                  <input type="hidden" name={`seen-${request.id}`} value={request.seen} />
                  <span className="register-pick">
                    {open.includes(request) && (
                      <input
                        type="checkbox"
                        name="r"
                        id={`r-${request.id}`}
                        value={request.id}
                        aria-label={request.tick}
                        defaultChecked={kept ? kept.has(request.id) : true}
                        {...(errors.r && { "aria-invalid": true, "aria-describedby": "r-error" })}
                      />
                    )}
                    <span>
                      <a href={request.href}>{request.name}</a>
                      <br />
                      <span className="hint num">{request.identity}</span>
                      <br />
                      <span className="hint">{request.office}</span>
                    </span>
                  </span>
                </td>
                <td data-l={heads.matter} {...tableRoles.cell}>
                  <span>{request.matter}</span>
                </td>
                <td data-l={heads.why} {...tableRoles.cell}>
                  <span>
                    {request.reason}
                    <br />
                    <span className="hint">{request.asked}</span>
                  </span>
                </td>
                <td data-l={heads.turn} {...tableRoles.cell}>
                  <span>
                    {request.changed && <Badge tone="warn">{words.changed}</Badge>}
                    {request.decidable && !request.changed && <Badge tone="warn">{words.yours}</Badge>}
                    {request.state && <Badge tone={request.state.tone}>{request.state.name}</Badge>}
                    {request.state && <span className="requests-why">{request.state.by}</span>}
                    {request.state?.why && <span className="requests-why">{request.state.why}</span>}
                    {request.hindrance && <span className="requests-why">{request.hindrance}</span>}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {some((one) => one.decidable) && (
        <section className="card" aria-labelledby="confirm">
          <h2 className="h4" id="confirm">
            {words.confirmHeading}
          </h2>
          <p className="muted">{words.confirmText}</p>
          <div className="actions">
            <Submit name="decision" value="confirm" busy={words.confirming}>
              {words.confirm}
            </Submit>
          </div>
        </section>
      )}
      {some((one) => one.refusable) && (
        <section className="card" aria-labelledby="refuse">
          <h2 className="h4" id="refuse">
            {words.refuseHeading}
          </h2>
          <p className="muted mb-4">{words.refuseText}</p>
          <TextArea
            name="reason"
            label={words.reason}
            hint={words.reasonHint}
            defaultValue={values.reason ?? typed}
            error={errors.reason}
          />
          <div className="actions">
            <Submit name="decision" value="refuse" variant="danger" busy={words.refusing}>
              {words.refuse}
            </Submit>
          </div>
        </section>
      )}
      {some((one) => one.own) && (
        <section className="card" aria-labelledby="withdraw">
          <h2 className="h4" id="withdraw">
            {words.withdrawHeading}
          </h2>
          <p className="muted">{words.withdrawText}</p>
          <div className="actions">
            <Submit name="decision" value="withdraw" variant="second" busy={words.withdrawing}>
              {words.withdraw}
            </Submit>
          </div>
        </section>
      )}
      <p className="register-other">
        <a href={back}>{words.back}</a>
      </p>
    </form>
  );
}
