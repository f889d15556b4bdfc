"use client";
import { useActionState } from "react";
import { listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import type { SearchState } from "../actions.ts";

type Props = {
  action: (state: SearchState, form: FormData) => Promise<SearchState>;
  words: Record<"heading" | "label" | "hint" | "submit" | "submitting", string> &
    Partial<Record<"several" | "closed", string>>;
  summary: ErrorSummaryProps["words"];
  /** What the list is narrowed by now. */
  typed: string;
  /** Posted with it: what else the list is narrowed to. */
  kept?: readonly (readonly [name: string, value: string])[];
};

/** One field that understands a name, a mailbox and a number. Posted, so that a number never stands in an address. */
export function SearchForm({ action: search, words, summary, typed, kept = [] }: Props) {
  const [state, action] = useActionState<SearchState, FormData>(search, untouched);
  return (
    <form action={action} className="card find" noValidate aria-label={words.heading}>
      <ErrorSummary errors={listErrors(state, ["q"])} words={summary} />
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="find-row">
        <Field
          name="q"
          type="search"
          label={words.label}
          hint={words.hint}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={100}
          defaultValue={state.values.q ?? typed}
          error={state.errors.q}
        />
        <Submit busy={words.submitting}>{words.submit}</Submit>
      </div>
      {state.several && (
        <div className="several" role="status">
          <p>{words.several}</p>
          <ul>
            {state.several.map(({ id, fullName, officeCode, officeName, closed }) => (
              <li key={id}>
                <a href={`/helpdesk/accounts/${id}`}>{fullName}</a>
                <span className="muted">
                  {officeCode} {officeName}
                  {closed && ` · ${words.closed}`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}
