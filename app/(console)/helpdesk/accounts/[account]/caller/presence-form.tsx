"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { describedBy, FieldError } from "#components/form/field.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { confirmSeen } from "./actions.ts";

type PresenceField = "reason" | "seen";

type PresenceFormProps = {
  accountId: string;
  words: ReasonWords & Record<"seen" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function PresenceForm({ accountId, words, summary }: PresenceFormProps) {
  const [state, action] = useActionState<FormState<PresenceField>, FormData>(confirmSeen, untouched);
  const { values, errors } = state;
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["form", "reason", "seen"], { form: "reason" })} words={summary} />
      <input type="hidden" name="account" value={accountId} />
      <ReasonField words={words} typed={values.reason} error={errors.reason} />
      <div className={`field mt-4${errors.seen ? " has-error" : ""}`}>
        {errors.seen && <FieldError id="seen">{errors.seen}</FieldError>}
        <label className="choice">
          <input
            type="checkbox"
            name="seen"
            id="seen"
            value="yes"
            defaultChecked={values.seen === "yes"}
            {...describedBy("seen", null, errors.seen)}
          />
          {words.seen}
        </label>
      </div>
      <div className="actions">
        <Submit variant="second" busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
