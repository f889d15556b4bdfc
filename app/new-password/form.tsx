"use client";
import { type ReactNode, useActionState, useState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { PasswordField, ShowPassword } from "#components/form/password-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { PasswordPolicy } from "#lib/authenticators/password/rules.ts";
import type { Person } from "#lib/authenticators/personal.ts";
import { Checklist, type ChecklistWords } from "./checklist.tsx";

export type NewPasswordField = "password" | "passwordAgain" | "identityLast4";

type State = FormState<NewPasswordField>;

export type NewPasswordFormProps = {
  /** The heading: below what went wrong, above the fields. */
  children?: ReactNode;
  action: (state: State, form: FormData) => Promise<State>;
  policy: PasswordPolicy;
  person: Person;
  words: ChecklistWords & Record<"label" | "again" | "show" | "submit" | "submitting" | "back", string>;
  summary: ErrorSummaryProps["words"];
  /** Where the way back leads. */
  back: string;
  /** Asked before the password, where it is not known yet who chooses it. */
  lastFour?: Record<"label" | "hint", string> | undefined;
  className?: string | undefined;
};

/** A new password twice, with the rules ticked as they are met. */
export function NewPasswordForm(props: NewPasswordFormProps) {
  const { policy, person, words, lastFour } = props;
  const [{ values, errors }, action] = useActionState<State, FormData>(props.action, untouched);
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const order = ["identityLast4", "password", "passwordAgain"] as const;
  return (
    <form action={action} className={props.className} noValidate onReset={() => setPassword("")}>
      <ErrorSummary errors={listErrors({ values, errors }, order)} words={props.summary} />
      {props.children}
      {lastFour && (
        <Field
          name="identityLast4"
          width="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          label={lastFour.label}
          hint={lastFour.hint}
          defaultValue={values.identityLast4}
          error={errors.identityLast4}
        />
      )}
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
        <a className="btn btn-quiet" href={props.back}>
          {words.back}
        </a>
      </div>
    </form>
  );
}
