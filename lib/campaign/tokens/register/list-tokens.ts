import type { AccountStatus } from "#db/schema/account.ts";
import type { HardwareTokenState, hardwareToken } from "#db/schema/hardware-token.ts";
import { Values } from "#lib/helpdesk/search/conditions.ts";
import { patternOf, searchWords } from "#lib/helpdesk/search/search-words.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { parseSerial, plainSerial } from "../serial.ts";
import type { TokenFilters, TokenShow } from "./token-filters.ts";
import { hasLeft } from "./unreturned.ts";

/** A line of the register of tokens. */
export type ListedToken = {
  id: string;
  serial: string;
  medium: (typeof hardwareToken.$inferSelect)["medium"];
  issuedOn: string | null;
  state: HardwareTokenState;
  stateSince: Date;
  holderId: string;
  holder: string;
  office: string;
  status: AccountStatus;
  /** Its holder has left, and it is not back. */
  flagged: boolean;
};

export const TOKENS_PAGE = 50;

/** `next`: where to read on, as `after` of the next call; null where the list ends. */
export type TokenPage = { tokens: ListedToken[]; next: string | null };

const flagged = `t.state <> 'returned' and ${hasLeft}`;

function showing(show: TokenShow, values: Values): string {
  if (show === "leaver") return flagged;
  if (show === "hand_back") return "t.state in ('retired', 'revoked', 'misused')";
  return `t.state = ${values.add(show)}`;
}

/** Signs that stand for themselves in LIKE. */
const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** A serial that begins so, exactly this receipt, or a holder whose name or mailbox holds all the words: found by an index each. */
function saying(typed: string, values: Values): string {
  const plain = plainSerial(typed);
  const serial = `select s.id from hardware_token s where s.serial like ${values.add(`${literally(plain)}%`)}
    union select e.token_id from hardware_token_event e where e.receipt = ${values.add(plain)}`;
  const words = searchWords(typed).map((word) => `h.search_text like ${values.add(patternOf(word))}`);
  if (words.length === 0) return `t.id in (${serial})`;
  return `t.id in (${serial} union select s.id from hardware_token s join account h on h.id = s.holder_id where ${words.join(" and ")})`;
}

/**
 * A page of the tokens whose holders are of an officer's offices, by serial. `after`: the serial that an earlier page ended
 * with; what is none begins anew. An office or a holder that is not theirs has no tokens for them.
 */
export async function listTokens(
  ctx: Context,
  officer: Officer,
  { filters, after = null }: { filters: TokenFilters; after?: string | null },
): Promise<TokenPage> {
  const values = new Values();
  const conditions = ["true"];
  const offices = scopeParameter(scopeOf(officer, "token.view"));
  if (offices !== null) conditions.push(`a.office_id = any(${values.add(offices)}::uuid[])`);
  if (filters.officeId !== null) conditions.push(`a.office_id = ${values.add(filters.officeId)}`);
  if (filters.holderId !== null) conditions.push(`t.holder_id = ${values.add(filters.holderId)}`);
  if (filters.show !== null) conditions.push(showing(filters.show, values));
  if (filters.words !== null) conditions.push(saying(filters.words, values));
  const place = after === null ? null : parseSerial(after);
  if (place?.ok) conditions.push(`t.serial > ${values.add(place.value)}`);
  // Not a named statement: PostgreSQL is to plan each list by what is chosen, and never for all of them alike.
  const { rows } = await ctx.db.$client.query<ListedToken>({
    text: `select t.id, t.serial, t.medium, t.issued_on::text as "issuedOn", t.state, t.state_since as "stateSince",
        a.id as "holderId", a.full_name as holder, o.code || ' ' || o.name as office, a.status, ${flagged} as flagged
      from hardware_token t join account a on a.id = t.holder_id join office o on o.id = a.office_id
      where ${conditions.join(" and ")} order by t.serial limit ${TOKENS_PAGE + 1}`,
    values: values.list,
  });
  const tokens = rows.slice(0, TOKENS_PAGE);
  return { tokens, next: rows.length > TOKENS_PAGE ? (tokens.at(-1)?.serial ?? null) : null };
}

/** The token with exactly this serial, where its holder is of the officer's offices. */
export async function findBySerial(ctx: Context, officer: Officer, typed: string): Promise<string | null> {
  const offices = scopeParameter(scopeOf(officer, "token.view"));
  const { rows } = await ctx.db.$client.query<{ id: string }>({
    name: "hardware_token_by_serial",
    text: `select t.id from hardware_token t join account a on a.id = t.holder_id
      where t.serial = $1 and ($2::uuid[] is null or a.office_id = any($2::uuid[]))`,
    values: [plainSerial(typed), offices],
  });
  return rows[0]?.id ?? null;
}
