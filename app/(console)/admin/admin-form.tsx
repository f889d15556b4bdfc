"use client";
import { type ReactNode, useActionState } from "react";
import { listErrors } from "#app/form-state.ts";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Table } from "#components/ui/table.tsx";
import type { AdminState, Conflict } from "./admin-state.ts";

type AdminFormProps<Field extends string> = {
  action: (state: AdminState<Field>, form: FormData) => Promise<AdminState<Field>>;
  begin: AdminState<Field>;
  /** In the order of the page, for the summary. */
  order: readonly Field[];
  /** Of what the page shows; 0 where it is made anew. */
  version: number;
  /** An auditor sees what there is and changes nothing. */
  readOnly?: boolean | undefined;
  words: { save: string; saving: string };
  summary: ErrorSummaryProps["words"];
  cancel?: { href: string; words: string } | undefined;
  /** Beside the button that saves. */
  more?: ReactNode;
  className?: string;
  /** What is shown once instead of the form, when the action has given it; without the form, in which it would be sent back. */
  instead?: ((state: AdminState<Field>) => ReactNode) | undefined;
  children: (state: AdminState<Field>) => ReactNode;
};

/** What every form of the administration has: what is wrong, what another changed meanwhile, and which version it is of. */
export function AdminForm<Field extends string>({
  action,
  begin,
  order,
  version,
  readOnly = false,
  words,
  summary,
  cancel,
  more,
  className = "card",
  instead,
  children,
}: AdminFormProps<Field>) {
  const [state, post] = useActionState<AdminState<Field>, FormData>(
    action as (state: Awaited<AdminState<Field>>, form: FormData) => Promise<AdminState<Field>>,
    begin as Awaited<AdminState<Field>>,
  );
  const shown = instead?.(state);
  if (shown) return shown;
  const values = state.values as Partial<Record<string, string>>;
  return (
    <form action={post} noValidate className={className}>
      <ErrorSummary errors={listErrors<Field | "version">(state, ["form", ...order])} words={summary} />
      {state.conflict && <ConflictNotice conflict={state.conflict} />}
      <input type="hidden" name="version" value={values.version ?? version} />
      <fieldset className="bare" disabled={readOnly}>
        {children(state)}
      </fieldset>
      {!readOnly && (
        <div className="actions">
          <Submit busy={words.saving} name="intent" value="save">
            {words.save}
          </Submit>
          {more}
          {cancel && (
            <a className="btn btn-quiet" href={cancel.href}>
              {cancel.words}
            </a>
          )}
        </div>
      )}
    </form>
  );
}

function ConflictNotice({ conflict: { heading, text, columns, rows } }: { conflict: Conflict }) {
  return (
    <div className="summary conflict" role="alert" tabIndex={-1}>
      <h2>{heading}</h2>
      <p>{text}</p>
      {rows.length > 0 && (
        <Table
          heads={[columns.what, columns.theirs, columns.yours]}
          rows={rows.map(({ what, theirs, yours }) => ({ key: what, cells: [what, theirs, yours] }))}
        />
      )}
    </div>
  );
}
