"use client";
import { useActionState } from "react";
import { listErrors, untouched } from "#app/form-state.ts";
import { Choices } from "#components/form/choices.tsx";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { describedBy, FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type CounterState, confirmHere, handOver } from "./actions.ts";

type Ids = { campaign: string; session: string; account: string };

type BaseProps = {
  ids: Ids;
  documents: readonly { value: string; label: string }[];
  summary: ErrorSummaryProps["words"];
};

const Hidden = ({ ids }: { ids: Ids }) =>
  Object.entries(ids).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);

type BoxProps = { name: "walkIn" | "seen"; label: string; state: CounterState };

function Box({ name, label, state: { values, errors } }: BoxProps) {
  return (
    <div className={`field mt-4${errors[name] ? " has-error" : ""}`}>
      {errors[name] && <FieldError id={name}>{errors[name]}</FieldError>}
      <label className="choice">
        <input
          type="checkbox"
          name={name}
          id={name}
          value="yes"
          defaultChecked={values[name] === "yes"}
          {...describedBy(name, null, errors[name])}
        />
        {label}
      </label>
    </div>
  );
}

type CheckInFormProps = BaseProps & {
  /** They hold no place: the officer says so by a tick. */
  asksWalkIn: boolean;
  words: Record<"document" | "walkIn" | "submit" | "submitting", string>;
};

export function CheckInForm({ ids, documents, asksWalkIn, words, summary }: CheckInFormProps) {
  const [state, action] = useActionState<CounterState, FormData>(confirmHere, untouched);
  const { values, errors } = state;
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["form", "document", "walkIn"], { form: "document" })} words={summary} />
      <Hidden ids={ids} />
      <Choices
        key={`document ${values.document}`}
        name="document"
        legend={words.document}
        options={documents}
        defaultValue={values.document}
        error={errors.document}
      />
      {(asksWalkIn || errors.walkIn) && <Box name="walkIn" label={words.walkIn} state={state} />}
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}

type HandOverFormProps = BaseProps & {
  /** Which one was seen when they came; or what was chosen before a further proof was asked for. */
  begin: CounterState["values"];
  words: Record<"document" | "seen" | "submit" | "submitting", string>;
};

export function HandOverForm({ ids, documents, begin, words, summary }: HandOverFormProps) {
  const [state, action] = useActionState<CounterState, FormData>(handOver, { ...untouched, values: begin });
  const { values, errors } = state;
  return (
    <form action={action} noValidate className="mt-4">
      <ErrorSummary errors={listErrors(state, ["form", "document", "seen"], { form: "document" })} words={summary} />
      <Hidden ids={ids} />
      <Choices
        key={`document ${values.document}`}
        name="document"
        legend={words.document}
        options={documents}
        defaultValue={values.document}
        error={errors.document}
      />
      <Box name="seen" label={words.seen} state={state} />
      <div className="actions">
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
    </form>
  );
}
