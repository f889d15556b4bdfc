"use client";
import { useActionState, useEffect, useState } from "react";
import { listErrors } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { ReasonField, type ReasonWords } from "#components/form/reason-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type Unmasked, unmask } from "./actions.ts";

type UnmaskFormProps = {
  accountId: string;
  /** What was typed before a step-up. */
  typed: string;
  backTo: string;
  /** Until the number is hidden again, in seconds. */
  seconds: number;
  words: Record<"submit" | "submitting" | "back" | "now" | "wanted" | "left" | "hidden", string> & {
    reason: ReasonWords;
  };
  summary: ErrorSummaryProps["words"];
};

/** Asks why; then the number, which goes by itself: by the clock, or, without JavaScript, by leaving the page. */
export function UnmaskForm({ accountId, typed, backTo, seconds, words, summary }: UnmaskFormProps) {
  const [state, post] = useActionState<Unmasked, FormData>(unmask, { values: { reason: typed }, errors: {} });
  const [hidden, setHidden] = useState<number>();
  const { now, wanted, shownAt, values, errors } = state;
  useEffect(() => {
    if (shownAt === undefined) return;
    const timer = setTimeout(() => setHidden(shownAt), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [shownAt, seconds]);
  if (now !== undefined && hidden !== shownAt)
    return (
      <div className="card narrow" role="status">
        <noscript>
          <meta httpEquiv="refresh" content={`${seconds};url=${backTo}`} />
        </noscript>
        <dl className="facts">
          <div>
            <dt>{words.now}</dt>
            <dd className="num unmasked">{now}</dd>
          </div>
          {wanted && (
            <div>
              <dt>{words.wanted}</dt>
              <dd className="num unmasked">{wanted}</dd>
            </div>
          )}
        </dl>
        <p className="muted mt-3">{words.left}</p>
        <div className="actions">
          <a className="btn btn-second" href={backTo}>
            {words.back}
          </a>
        </div>
      </div>
    );
  return (
    <form action={post} noValidate className="card narrow">
      <ErrorSummary errors={listErrors(state, ["form", "reason"], { form: "reason" })} words={summary} />
      {hidden !== undefined && <p role="status">{words.hidden}</p>}
      <input type="hidden" name="account" value={accountId} />
      <ReasonField words={words.reason} typed={values.reason} error={errors.reason} />
      <div className="actions">
        <Submit icon="eye" busy={words.submitting}>
          {words.submit}
        </Submit>
        <a className="btn btn-quiet" href={backTo}>
          {words.back}
        </a>
      </div>
    </form>
  );
}
