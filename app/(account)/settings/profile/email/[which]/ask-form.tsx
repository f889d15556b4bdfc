"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { askForMailbox } from "./actions.ts";
import type { MailboxField } from "./mailbox-kind.ts";

type AskFormProps = {
  which: "official" | "personal";
  name: MailboxField;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
  /** Typed before this person was asked to prove who they are. */
  typed: string | undefined;
};

export function AskForm({ which, name, words, summary, typed }: AskFormProps) {
  const [state, action] = useActionState<FormState<MailboxField>, FormData>(askForMailbox, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, [name])} words={summary} />
      <input type="hidden" name="which" value={which} />
      <Field
        name={name}
        type="email"
        label={words.label}
        hint={words.hint}
        error={state.errors[name]}
        defaultValue={state.values[name] ?? typed}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
