"use client";
import { type ReactNode, useActionState, useState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { PasswordField, ShowPassword } from "#components/form/password-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { PasswordPolicy } from "#lib/authenticators/password/rules.ts";
import type { Person } from "#lib/authenticators/personal.ts";
import { finish, type NewPasswordField } from "./actions.ts";
import { Checklist, type ChecklistWords } from "./checklist.tsx";

type Props = {
  /** The heading: below what went wrong, above the fields. */
  children: ReactNode;
  policy: PasswordPolicy;
  person: Person;
  words: ChecklistWords & Record<"label" | "again" | "show" | "submit" | "submitting" | "back", string>;
  summary: ErrorSummaryProps["words"];
};

export function NewPasswordForm({ policy, person, words, summary, children }: Props) {
  const [{ values, errors }, action] = useActionState<FormState<NewPasswordField>, FormData>(finish, untouched);
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  return (
    <form action={action} noValidate onReset={() => setPassword("")}>
      <ErrorSummary errors={listErrors({ values, errors }, ["password", "passwordAgain"])} words={summary} />
      {children}
      <PasswordField
        name="password"
        label={words.label}
        autoComplete="new-password"
        shown={shown}
        error={errors.password}
        aria-describedby={errors.password ? "password-error rules" : "rules"}
        onChange={(typed) => setPassword(typed.currentTarget.value)}
      />
      <Checklist policy={policy} password={password} person={person} words={words} />
      <PasswordField
        name="passwordAgain"
        label={words.again}
        autoComplete="new-password"
        shown={shown}
        error={errors.passwordAgain}
      />
      <ShowPassword label={words.show} shown={shown} onShown={setShown} id="show" />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
        <a className="btn btn-quiet" href="/activate/questions">
          {words.back}
        </a>
      </div>
    </form>
  );
}
