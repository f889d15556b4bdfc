"use client";
import { useActionState } from "react";
import { listErrors, untouched } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type FindState, findPeople } from "./actions.ts";

type SearchFormProps = {
  campaign: string;
  words: Record<"searchHeading" | "search" | "searchHint" | "searchSubmit" | "searching" | "several", string>;
  summary: ErrorSummaryProps["words"];
  typed: string;
};

/** Posted, so that a number never stands in an address. */
export function SearchForm({ campaign, words, summary, typed }: SearchFormProps) {
  const [state, action] = useActionState<FindState, FormData>(findPeople, untouched);
  return (
    <form action={action} className="card find" noValidate aria-label={words.searchHeading}>
      <ErrorSummary errors={listErrors(state, ["q"])} words={summary} />
      <input type="hidden" name="campaign" value={campaign} />
      <div className="find-row">
        <Field
          name="q"
          type="search"
          label={words.search}
          hint={words.searchHint}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={100}
          defaultValue={state.values.q ?? typed}
          error={state.errors.q}
        />
        <Submit variant="second" busy={words.searching}>
          {words.searchSubmit}
        </Submit>
      </div>
      {state.several && (
        <div className="several" role="status">
          <p>{words.several}</p>
          <ul>
            {state.several.map(({ id, fullName, officeCode, officeName }) => (
              <li key={id}>
                <a href={`?person=${id}`}>{fullName}</a>
                <span className="muted">
                  {officeCode} {officeName}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}
