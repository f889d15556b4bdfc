"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import type { RolesField } from "../../systems/read-roles-form.ts";
import { RolesFields, type RolesFieldsProps } from "../../systems/roles-fields.tsx";
import { approve, refuse } from "./actions.ts";

type Words<More extends string> = Record<"heading" | "text" | "submit" | "submitting" | More, string>;

type ApproveProps = RolesFieldsProps & {
  request: string;
  /** What was typed before a further proof was asked for. */
  typed: Partial<Record<RolesField, string>>;
  step: Words<never>;
  summary: ErrorSummaryProps["words"];
};

/** The roles that the request is granted as. */
export function ApproveForm({ request, typed, step, summary, ...fields }: ApproveProps) {
  const [state, post] = useActionState<FormState<RolesField>, FormData>(approve, { ...untouched, values: typed });
  return (
    <form action={post} noValidate className="card" aria-labelledby="approve">
      <h2 className="h4" id="approve">
        {step.heading}
      </h2>
      <p className="muted mb-4">{step.text}</p>
      <ErrorSummary
        errors={listErrors(state, ["form", "roles", "from", "until", "reason"], { form: "roles" })}
        words={summary}
      />
      <input type="hidden" name="request" value={request} />
      <RolesFields {...fields} state={state} />
      <div className="actions">
        <Submit busy={step.submitting}>{step.submit}</Submit>
      </div>
    </form>
  );
}

type RefuseProps = {
  request: string;
  typed: string | undefined;
  step: Words<"answer" | "hint">;
  summary: ErrorSummaryProps["words"];
};

/** Why the request is not granted, for whoever asked to read. */
export function RefuseForm({ request, typed, step, summary }: RefuseProps) {
  const [state, post] = useActionState<FormState<"answer">, FormData>(refuse, untouched);
  return (
    <form action={post} noValidate className="card" aria-labelledby="refuse">
      <h2 className="h4" id="refuse">
        {step.heading}
      </h2>
      <p className="muted mb-4">{step.text}</p>
      <ErrorSummary errors={listErrors(state, ["form", "answer"], { form: "answer" })} words={summary} />
      <input type="hidden" name="request" value={request} />
      <TextArea
        name="answer"
        label={step.answer}
        hint={step.hint}
        defaultValue={state.values.answer ?? typed}
        error={state.errors.answer}
      />
      <div className="actions">
        <Submit variant="danger" busy={step.submitting}>
          {step.submit}
        </Submit>
      </div>
    </form>
  );
}
