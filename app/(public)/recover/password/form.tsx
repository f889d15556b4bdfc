"use client";
import type { ReactNode } from "react";
import { NewPasswordForm, type NewPasswordFormProps } from "#app/new-password/form.tsx";
import { IdentityFields, type IdentityWords } from "../../identity-fields.tsx";
import { AnswerFields, type AnswerFieldsProps } from "../answer-fields.tsx";
import { choose } from "./actions.ts";

type Props = Omit<NewPasswordFormProps, "action" | "owner" | "back" | "children"> & {
  children: ReactNode;
  identity: { kind: "mykad" | "passport"; words: IdentityWords; countries: string };
  /** Where the account is locked. */
  answers: Omit<AnswerFieldsProps, "error"> | null;
};

/** Who chooses it, then the new password. */
export function ResetForm({ identity, answers, children, ...props }: Props) {
  return (
    <NewPasswordForm
      {...props}
      action={choose}
      back="/sign-in"
      owner={({ values, errors }) => (
        <>
          <IdentityFields {...identity} values={values} errors={errors} />
          {answers && <AnswerFields {...answers} error={errors.answers} />}
        </>
      )}
    >
      {children}
    </NewPasswordForm>
  );
}
