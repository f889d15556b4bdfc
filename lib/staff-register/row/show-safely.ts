import { NAME_MAX } from "#lib/kernel/person-name.ts";
import { type Cell, textOf } from "../file/sheet-row.ts";

/** What the database keeps as no text, and what hides or turns around what stands beside it. */
const UNSHOWN =
  /[\p{Control}\p{Surrogate}\p{Noncharacter_Code_Point}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;

/** Text in which what may be somebody's identity is shown as far as anybody may see it. */
export const maskRuns = (text: string): string => text.replace(/[\p{Letter}\d-]{7,}/gu, masked);

function masked(run: string): string {
  const digits = run.replace(/\D/g, "").length;
  if (digits < 5 || /^\d{4}-\d{2}-\d{2}$/.test(run)) return run;
  return `${run.slice(0, /^[\d-]+$/.test(run) ? 6 : 2)}••••••`;
}

const plain = (cell: Cell): string => textOf(cell).replace(/\s+/g, " ").replace(UNSHOWN, "");

/** A number as it was typed, to find it by: the day of birth of what begins with one, of all else two characters. */
export function showNumber(cell: Cell): string | null {
  const text = plain(cell);
  const shown = /^[\d.,-]{6}/.test(text) ? 6 : 2;
  if (text === "") return null;
  return text.length <= shown ? text : `${text.slice(0, shown)}••••••`;
}

/** A name as it was typed; what may be a number among it is masked. */
export const showName = (cell: Cell): string | null => [...maskRuns(plain(cell))].slice(0, NAME_MAX).join("") || null;
