"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { act } from "./actions.ts";

export type DeedField = "reason" | "officialEmail";

type DeedFormProps = {
  accountId: string;
  /** As the page's address names it. */
  action: string;
  grave: boolean;
  /** Where an address is asked for: what it says, and what is proposed. */
  mailbox: { label: string; hint: string; proposed: string } | null;
  words: { submit: string; submitting: string; back: string; reason: ReasonWords };
  backTo: string;
  summary: ErrorSummaryProps["words"];
};

/** Why, and what else the deed needs; one button does it, one leads back. */
export function DeedForm({ accountId, action, grave, mailbox, words, backTo, summary }: DeedFormProps) {
  const [state, post] = useActionState<FormState<DeedField>, FormData>(act, untouched);
  const { values, errors } = state;
  return (
    <form action={post} noValidate className="card narrow">
      <ErrorSummary
        errors={listErrors(state, ["form", "officialEmail", "reason"], { form: mailbox ? "officialEmail" : "reason" })}
        words={summary}
      />
      <input type="hidden" name="account" value={accountId} />
      <input type="hidden" name="action" value={action} />
      {mailbox && (
        <Field
          name="officialEmail"
          type="email"
          label={mailbox.label}
          hint={mailbox.hint}
          autoComplete="off"
          inputMode="email"
          spellCheck={false}
          defaultValue={values.officialEmail ?? mailbox.proposed}
          error={errors.officialEmail}
        />
      )}
      <ReasonField words={words.reason} typed={values.reason} error={errors.reason} />
      <div className="actions">
        <Submit variant={grave ? "danger" : "primary"} busy={words.submitting}>
          {words.submit}
        </Submit>
        <a className="btn btn-quiet" href={backTo}>
          {words.back}
        </a>
      </div>
    </form>
  );
}
