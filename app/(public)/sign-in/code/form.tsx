"use client";
import { type ReactNode, useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { CodeField } from "#components/form/code-field.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { signInWithCode } from "./actions.ts";
import type { CodeMethod } from "./code-methods.ts";

type Props = {
  method: CodeMethod;
  /** The heading: below what went wrong, above the field. */
  children: ReactNode;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

export function CodeForm({ method, words, summary, children }: Props) {
  const [state, action] = useActionState<FormState<"code">, FormData>(signInWithCode, untouched);
  const field = { name: "code", label: words.label, hint: words.hint, error: state.errors.code };
  return (
    <form action={action} noValidate className="code-form">
      <ErrorSummary errors={listErrors(state, ["code"])} words={summary} />
      {children}
      <input type="hidden" name="method" value={method} />
      {method === "recovery" ? (
        <Field
          {...field}
          className="num recovery-code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      ) : (
        <CodeField {...field} digits={6} centered />
      )}
      <div className="actions">
        <Submit block busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
