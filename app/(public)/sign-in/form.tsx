"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type IdentityField, IdentityFields, type IdentityWords } from "../identity-fields.tsx";
import { identify } from "./actions.ts";

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  kind: "mykad" | "passport";
  words: IdentityWords & { next: string; nextBusy: string };
  summary: ErrorSummaryProps["words"];
  countries: string;
  returnTo: string | null;
};

const order = ["identityType", "identityNumber", "passportCountry"] as const;

export function IdentifyForm({ kind, words, summary, countries, returnTo, children }: Props) {
  const [state, action] = useActionState<FormState<IdentityField>, FormData>(identify, untouched);
  return (
    <form action={action} noValidate>
      <ErrorSummary errors={listErrors(state, order, { identityType: "identityNumber" })} words={summary} />
      {children}
      {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
      <IdentityFields kind={kind} words={words} countries={countries} {...state} autoComplete="username webauthn" />
      <div className="actions">
        <Submit block busy={words.nextBusy}>
          {words.next}
        </Submit>
      </div>
    </form>
  );
}
