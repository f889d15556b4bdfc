"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field, FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type ApplyField, apply } from "./actions.ts";

type ApplyFormProps = {
  id: string;
  hasMissing: boolean;
  typed: Record<string, string>;
  words: Record<"opensOn" | "opensHint" | "suspendsOn" | "suspendsHint" | "submit" | "submitting", string>;
  /** Whom the button has suspended by the clock; null where nobody is. */
  suspends: string | null;
  /** What is said yes to where many are missing; null where not many are. */
  many: string | null;
  summary: ErrorSummaryProps["words"];
};

export function ApplyForm({ id, hasMissing, typed, words, suspends, many, summary }: ApplyFormProps) {
  const [state, action] = useActionState<FormState<ApplyField>, FormData>(apply, untouched);
  const { values, errors } = state;
  return (
    <form action={action} noValidate>
      <ErrorSummary
        errors={listErrors(state, ["form", "opensOn", "suspendsOn", "evenMany"], { form: "opensOn" })}
        words={summary}
      />
      <input type="hidden" name="import" value={id} />
      <Field
        name="opensOn"
        type="date"
        width="id"
        label={words.opensOn}
        hint={words.opensHint}
        error={errors.opensOn}
        defaultValue={values.opensOn ?? typed.opensOn}
      />
      {hasMissing && (
        <Field
          name="suspendsOn"
          type="date"
          width="id"
          label={words.suspendsOn}
          hint={words.suspendsHint}
          error={errors.suspendsOn}
          defaultValue={values.suspendsOn ?? typed.suspendsOn}
        />
      )}
      {many && (
        <div className={`field${errors.evenMany ? " has-error" : ""}`}>
          {errors.evenMany && <FieldError id="evenMany">{errors.evenMany}</FieldError>}
          <label className="check">
            <input
              type="checkbox"
              id="evenMany"
              name="evenMany"
              defaultChecked={(values.evenMany ?? typed.evenMany) === "on"}
              {...(errors.evenMany && { "aria-invalid": true, "aria-describedby": "evenMany-error" })}
            />
            <span>{many}</span>
          </label>
        </div>
      )}
      {suspends && <p>{suspends}</p>}
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
