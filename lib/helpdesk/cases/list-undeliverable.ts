import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Why } from "#lib/mail/delivery/judge-bounce.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

/** Somebody whose official mailbox letters came back from. */
export type Undeliverable = {
  accountId: string;
  fullName: string;
  status: AccountStatus;
  mailbox: string;
  why: Why;
  /** Nothing more is sent there. Else letters go on, and the mark goes with the first that arrives. */
  isFinal: boolean;
  since: Date;
};

// Accounts are found by their mailbox (one of each is open), so the few that are marked cost a look-up each.
export const undeliverable = (parameter: string): string =>
  `undeliverable_mailbox m join account a on a.official_email = m.mailbox and a.status <> 'closed'
    where ${scopeCondition("a.office_id", parameter)}`;

const UNDELIVERABLE_PAGE = 50;

const statement = {
  name: "helpdesk_undeliverable",
  text: `select a.id as "accountId", a.full_name as "fullName", a.status, m.mailbox, m.why, m.is_final as "isFinal", m.since
    from ${undeliverable("$1")} order by m.since desc, a.id limit ${UNDELIVERABLE_PAGE}`,
};

/** Whose letters came back in an officer's offices, the newest first. One query. */
export const listUndeliverable = (ctx: Context, officer: Officer): Promise<Undeliverable[]> =>
  run<Undeliverable>(ctx.db, statement, [scopeParameter(scopeOf(officer, "mailbox.correct"))]);
