"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "../identity-fields.tsx";
import { askForLink } from "./actions.ts";

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  kind: "mykad" | "passport";
  words: IdentityWords & { submit: string; submitting: string };
  summary: ErrorSummaryProps["words"];
  countries: string;
};

const order = ["identityType", "identityNumber", "passportCountry"] as const;

export function AskForLinkForm({ kind, words, summary, countries, children }: Props) {
  const [state, action] = useActionState<FormState<IdentityField>, FormData>(askForLink, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, { identityType: "identityNumber" })} words={summary} />
      {children}
      <IdentityFields kind={kind} words={words} countries={countries} {...state} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
