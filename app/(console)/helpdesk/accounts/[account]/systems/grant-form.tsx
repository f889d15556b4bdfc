"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { RolesField } from "../../../systems/read-roles-form.ts";
import { RolesFields, type RolesFieldsProps } from "../../../systems/roles-fields.tsx";
import { giveRoles } from "./actions.ts";

type GrantFormProps = RolesFieldsProps & {
  account: string;
  system: string;
  /** What was typed before a further proof was asked for. */
  typed: Partial<Record<RolesField, string>>;
  buttons: Record<"submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** The roles that somebody is to hold in one system. */
export function GrantForm({ account, system, typed, buttons, summary, ...fields }: GrantFormProps) {
  const [state, action] = useActionState<FormState<RolesField>, FormData>(giveRoles, { ...untouched, values: typed });
  return (
    <form action={action} noValidate>
      <ErrorSummary
        errors={listErrors(state, ["form", "roles", "from", "until", "reason"], { form: "roles" })}
        words={summary}
      />
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="system" value={system} />
      <RolesFields {...fields} state={state} />
      <div className="actions">
        <Submit busy={buttons.submitting}>{buttons.submit}</Submit>
      </div>
    </form>
  );
}
