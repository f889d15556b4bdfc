import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { days } from "#lib/kernel/time.ts";
import type { Cell } from "../file/sheet-row.ts";

/** A day of the calendar: `2026-11-20`. */
export type Day = string & { readonly day: true };

const [EARLIEST, LATEST] = [1950, 2100];
/** Day 0 of Excel's count, which takes 1900 for a leap year: right from March 1900 on. */
const EXCEL_ZERO = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1_462;

/**
 * Reads a day as registers write it: `2026-11-20`, `20/11/2026`, `20-11-2026`, `20.11.2026`, or the number that a workbook
 * keeps. Day before month, as the country writes; a year of two digits would be a guess and is refused.
 */
export function parseDayCell(cell: Cell, from1904 = false): Result<Day, "date_unreadable"> {
  if (typeof cell === "number") return ofNumber(cell, from1904);
  const text = cell.trim().replace(/[T ]00:00(:00(\.0+)?)?Z?$/, "");
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return ofParts(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  return local ? ofParts(Number(local[4]), Number(local[3]), Number(local[1])) : refuse("date_unreadable");
}

function ofNumber(count: number, from1904: boolean): Result<Day, "date_unreadable"> {
  if (!Number.isFinite(count) || count < 0 || count > 100_000) return refuse("date_unreadable");
  const date = new Date(EXCEL_ZERO + days(Math.floor(count) + (from1904 ? DAYS_TO_1904 : 0)));
  return ofParts(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function ofParts(year: number, month: number, day: number): Result<Day, "date_unreadable"> {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= EARLIEST && year <= LATEST;
  return isDay ? ok(date.toISOString().slice(0, 10) as Day) : refuse("date_unreadable");
}
