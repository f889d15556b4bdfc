import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { Why } from "./judge-bounce.ts";

/** An open account whose official mailbox letters came back from, for the officers' worklist. */
export type Undeliverable = {
  accountId: string;
  fullName: string;
  status: AccountStatus;
  officeId: string;
  mailbox: string;
  why: Why;
  /** Nothing more is sent there until an officer says that it works, or corrects it. */
  isFinal: boolean;
  since: Date;
  /** The letter that came back. */
  letterId: string | null;
};

/** Opaque: where the next page begins. */
export type UndeliverablePage = { rows: Undeliverable[]; next: string | null };

// Accounts are found by their mailbox (one of each is open), so the few that are marked cost a look-up each.
function marked(offices: readonly string[] | null): SQL {
  const scope = sql`${sql.param(offices)}::uuid[]`;
  return sql`
    from undeliverable_mailbox m
    join account a on a.official_email = m.mailbox and a.status <> 'closed'
    where (${scope} is null or a.office_id = any(${scope}))`;
}

/**
 * Marked mailboxes, the newest first. `offices`: those that the officer's right reaches; null is the whole agency, none
 * is nothing. `after`: the `next` of the page before; one that is malformed begins anew.
 */
export async function listUndeliverable(
  on: Db | Tx,
  offices: readonly string[] | null,
  { atMost = 50, after }: { atMost?: number; after?: string } = {},
): Promise<UndeliverablePage> {
  const from = after === undefined ? null : readCursor(after);
  const beyond = from ? sql`and (m.since, a.id) < (${from.since}::timestamptz, ${from.accountId}::uuid)` : sql``;
  const { rows } = await on.execute<Undeliverable & { sinceExactly: string }>(sql`
    select a.id as "accountId", a.full_name as "fullName", a.status, a.office_id as "officeId", m.mailbox, m.why,
      m.is_final as "isFinal", m.since, m.since::text as "sinceExactly", m.letter_id as "letterId"
    ${marked(offices)} ${beyond}
    order by m.since desc, a.id desc limit ${atMost + 1}`);
  const page = rows.slice(0, atMost).map(({ sinceExactly: _, ...row }) => ({ ...row, since: new Date(row.since) }));
  const last = rows[atMost - 1];
  return { rows: page, next: rows.length > atMost && last ? `${last.sinceExactly}~${last.accountId}` : null };
}

/** How many there are, for the count on a tab. */
export async function countUndeliverable(on: Db | Tx, offices: readonly string[] | null): Promise<number> {
  const { rows } = await on.execute<{ count: string }>(sql`select count(*) as count ${marked(offices)}`);
  return Number(rows[0]?.count ?? 0);
}

function readCursor(cursor: string): { since: string; accountId: string } | null {
  const [since = "", accountId = ""] = cursor.split("~");
  return /^[\d :.+-]{10,40}$/.test(since) && !Number.isNaN(Date.parse(since)) && isUuid(accountId)
    ? { since, accountId }
    : null;
}
