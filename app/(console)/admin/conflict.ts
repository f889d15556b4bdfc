import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import type { Conflict } from "./admin-state.ts";

/** Both versions of what two administrators changed, by what it is; only what differs. `changed`: null where nobody noted. */
export function conflictOf(
  language: Language,
  changed: { by: string | null; at: Date | null } | null,
  rows: readonly { what: string; theirs: string; yours: string }[],
): Conflict {
  const { heading, text, textPlain, somebody, none, what, theirs, yours } = messages[language].administration.conflict;
  const said = (value: string): string => (value === "" ? none : value);
  return {
    heading,
    text: changed?.at
      ? text.replace("{by}", () => changed.by ?? somebody).replace("{at}", formatDate(changed.at, language))
      : textPlain,
    columns: { what, theirs, yours },
    rows: rows
      .filter((row) => row.theirs !== row.yours)
      .map((row) => ({ what: row.what, theirs: said(row.theirs), yours: said(row.yours) })),
  };
}
