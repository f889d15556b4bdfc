"use client";
import { type ReactNode, useActionState, useState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { PasswordField, ShowPassword } from "#components/form/password-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { PasswordPolicy } from "#lib/authenticators/password/rules.ts";
import type { Person } from "#lib/authenticators/personal.ts";
import { Checklist, type ChecklistWords } from "./checklist.tsx";

export type NewPasswordField = "password" | "passwordAgain";
/** What a form may ask before the password, where it is not known yet who chooses it. */
export type OwnerField = "identityType" | "identityNumber" | "passportCountry" | "answers";

type Field = NewPasswordField | OwnerField;
type State = FormState<Field>;

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
  /** Asked before the password, with what was typed into it and what is wrong with it. */
  owner?: ((state: State) => ReactNode) | undefined;
  className?: string | undefined;
};

const order = ["identityType", "identityNumber", "passportCountry", "answers", "password", "passwordAgain"] as const;
const ids = { identityType: "identityNumber" };

/** A new password twice, with the rules ticked as they are met. */
export function NewPasswordForm(props: NewPasswordFormProps) {
  const { policy, person, words } = props;
  const [{ values, errors }, action] = useActionState<State, FormData>(props.action, untouched);
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  return (
    <form action={action} className={props.className} noValidate onReset={() => setPassword("")}>
      <ErrorSummary errors={listErrors({ values, errors }, order, ids)} words={props.summary} />
      {props.children}
      {props.owner?.({ values, errors })}
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
