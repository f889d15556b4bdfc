"use client";
import { useActionState } from "react";
import { type FormState, listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import type { TokenDeed } from "../moves.ts";
import { moveIt } from "./actions.ts";

export type MoveField = "reason" | "note";

type MoveFormProps = {
  tokenId: string;
  deed: TokenDeed;
  /** The state the officer sees: another meanwhile, and nothing is done. */
  seen: string;
  back: { href: string; words: string };
  words: Record<"submit" | "busy" | "condition" | "conditionHint", string> & { reason: ReasonWords };
  summary: ErrorSummaryProps["words"];
};

/** Why, or in which condition it came; one button does it, one leads back. */
export function MoveForm({ tokenId, deed, seen, back, words, summary }: MoveFormProps) {
  const [state, action] = useActionState<FormState<MoveField>, FormData>(moveIt, untouched);
  const { values, errors } = state;
  const field = deed === "return" ? "note" : "reason";
  return (
    <form action={action} noValidate className="card narrow">
      <ErrorSummary errors={listErrors(state, ["form", "note", "reason"], { form: field })} words={summary} />
      <input type="hidden" name="token" value={tokenId} />
      <input type="hidden" name="move" value={deed} />
      <input type="hidden" name="seen" value={seen} />
      {deed === "return" ? (
        <TextArea
          name="note"
          label={words.condition}
          hint={words.conditionHint}
          error={errors.note}
          defaultValue={values.note}
          autoComplete="off"
          dir="auto"
        />
      ) : (
        <ReasonField words={words.reason} typed={values.reason} error={errors.reason} />
      )}
      <div className="actions">
        <Submit variant={deed === "return" ? "primary" : "danger"} busy={words.busy}>
          {words.submit}
        </Submit>
        <a className="btn btn-quiet" href={back.href}>
          {back.words}
        </a>
      </div>
    </form>
  );
}
