import { sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import type { HardwareTokenState } from "#db/schema/hardware-token.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { parseIdentityNumber } from "#lib/kernel/identity-number.ts";
import type { Medium, ParsedToken, TokenRowRefusal } from "./parse-token-row.ts";

/**
 * What a line comes to. new: it is registered when the file is applied. same: the register has it already, with the same
 * holder. bad: something is wrong with it, and nothing is done. `other`: the line that has the same serial.
 */
export type JudgedToken = {
  line: number;
  kind: "new" | "same" | "bad";
  serial: string | null;
  medium: Medium;
  holderId: string | null;
  issuedOn: string | null;
  /** Of a bad line. */
  reasons: TokenRowRefusal[];
  typed: string | null;
  other: number | null;
};

type Person = { id: string; index: string; mailbox: string; closed: boolean };
type Known = { serial: string; holderId: string; state: HardwareTokenState };

/**
 * Lays lines beside each other, the accounts and the register: two statements however many lines there are. Where a serial
 * stands on several lines, none of them is taken: nobody can tell which is right.
 */
export async function judgeTokens(
  on: Db | Tx,
  ctx: Pick<Context, "keys">,
  rows: readonly ParsedToken[],
): Promise<JudgedToken[]> {
  const indexed = rows.map((row) => ({ row, indexes: row.identity && blindIndexes(ctx.keys, row.identity) }));
  const given = <T>(values: (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))];
  // What reads as an identity may be a maker's number all the same: it is none where it is somebody's.
  const asIdentity = (serial: string | null): string[] => {
    const number = serial === null ? null : parseIdentityNumber({ number: serial });
    return number?.ok ? blindIndexes(ctx.keys, number.value) : [];
  };
  const indexes = given([
    ...indexed.flatMap(({ indexes }) => indexes),
    ...rows.flatMap(({ serial }) => asIdentity(serial)),
  ]);
  const people = await findPeople(on, indexes, given(rows.map(({ email }) => email)));
  const known = await findSerials(on, given(rows.map(({ serial }) => serial)));
  const lines = linesOf(rows);
  return indexed.map(({ row, indexes }) => {
    const reasons = [...row.reasons];
    const holder = holderOf(row, indexes, people);
    if (typeof holder === "string") reasons.push(holder);
    const holderId = holder !== null && typeof holder !== "string" ? holder.id : null;
    const isIdentity = asIdentity(row.serial).some((index) => people.byIndex.has(index));
    if (isIdentity) reasons.push("serial_identity");
    const others = row.serial === null ? [] : (lines.get(row.serial) ?? []).filter((line) => line !== row.line);
    if (others.length > 0) reasons.push("serial_twice");
    const has = row.serial === null ? undefined : known.get(row.serial);
    if (has?.state === "returned") reasons.push("serial_returned");
    else if (has && holderId !== null && has.holderId !== holderId) reasons.push("serial_held");
    const bad = reasons.length > 0;
    const { line, serial, shownSerial, medium, issuedOn, typed } = row;
    return {
      ...{ line, medium, issuedOn, reasons, holderId },
      kind: bad ? "bad" : has ? "same" : "new",
      serial: isIdentity ? shownSerial : bad ? (serial ?? shownSerial) : serial,
      typed: bad ? typed : null,
      other: others[0] ?? null,
    };
  });
}

function linesOf(rows: readonly ParsedToken[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { serial, line } of rows) {
    if (serial === null) continue;
    const same = lines.get(serial);
    if (same) same.push(line);
    else lines.set(serial, [line]);
  }
  return lines;
}

type People = { byIndex: Map<string, Person>; byMailbox: Map<string, Person> };

/** Whom a line names; null where it names nobody who can be read. */
function holderOf(
  row: ParsedToken,
  indexes: readonly string[] | null,
  { byIndex, byMailbox }: People,
): Person | TokenRowRefusal | null {
  const byNumber = indexes?.map((index) => byIndex.get(index)).find((found) => found !== undefined);
  const byMail = row.email === null ? undefined : byMailbox.get(row.email);
  if (indexes !== null && !byNumber) return "holder_unknown";
  if (row.email !== null && !byMail && !byNumber) return "holder_unknown";
  const found = byNumber ?? byMail;
  if (!found) return null;
  if (found.closed) return "holder_closed";
  // A mailbox that is nobody's beside a number that is somebody's may be an old one: still a contradiction.
  return byNumber && row.email !== null && byMail?.id !== byNumber.id ? "holder_differs" : found;
}

async function findPeople(on: Db | Tx, indexes: string[], mailboxes: string[]): Promise<People> {
  const { rows } = await on.execute<Person>(sql`
    select id, identity_index as index, lower(official_email::text) as mailbox, status = 'closed' as closed from account
      where identity_index = any(${sql.param(indexes)}::text[]) and status <> 'closed'
    union select id, identity_index, lower(official_email::text), false from account
      where official_email = any(${sql.param(mailboxes)}::citext[]) and status <> 'closed'
    union select id, identity_index, '', true from account
      where identity_index = any(${sql.param(indexes)}::text[]) and status = 'closed'`);
  // An open account of an identity stands before the closed ones it had.
  const ordered = rows.toSorted((a, b) => Number(b.closed) - Number(a.closed));
  return {
    byIndex: new Map(ordered.map((person) => [person.index, person])),
    byMailbox: new Map(ordered.filter(({ closed }) => !closed).map((person) => [person.mailbox, person])),
  };
}

async function findSerials(on: Db | Tx, serials: string[]): Promise<Map<string, Known>> {
  const { rows } = await on.execute<Known>(
    sql`select serial, holder_id as "holderId", state from hardware_token where serial = any(${sql.param(serials)}::text[])`,
  );
  return new Map(rows.map((token) => [token.serial, token]));
}
