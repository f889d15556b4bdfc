"use client";
import { useActionState } from "react";
import { listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { addPerson, findPerson, type NumberState } from "../actions.ts";

type NumberFormProps = {
  /** find: who stands at the counter. add: somebody is signed up. */
  does: "find" | "add";
  campaignId: string;
  sessionId: string;
  words: Record<"label" | "hint" | "submit" | "submitting", string>;
  summary: ErrorSummaryProps["words"];
};

/** One number of a document, posted. Two of them may stand on a page, so their fields have ids of their own. */
export function NumberForm({ does, campaignId, sessionId, words, summary }: NumberFormProps) {
  const [state, action] = useActionState<NumberState, FormData>(does === "find" ? findPerson : addPerson, untouched);
  const id = `identity-${does}`;
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["identityNumber"], { identityNumber: id })} words={summary} />
      <input type="hidden" name="campaign" value={campaignId} />
      <input type="hidden" name="session" value={sessionId} />
      <Field
        name="identityNumber"
        id={id}
        width="id"
        label={words.label}
        hint={words.hint}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        defaultValue={state.values.identityNumber}
        error={state.errors.identityNumber}
      />
      <div className="actions">
        <Submit variant={does === "find" ? "primary" : "second"} busy={words.submitting}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
