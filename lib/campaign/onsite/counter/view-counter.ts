import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { LINK_LIFETIME } from "#lib/account/activation/activation-link.ts";
import { secretsOf } from "#lib/account/activation/hand-over-in-person.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { OnsiteDocument } from "#lib/audit/events/onsite.ts";
import { recordRefusal } from "#lib/helpdesk/require-reach.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { after } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Grant, judge, type Officer } from "#lib/office/roles/rights.ts";
import { rankColumn } from "#lib/session/grants-in-force.ts";
import type { PlaceState } from "../places/place-moves.ts";
import { presenceBarred } from "./verify-presence.ts";

/** The link that was put into somebody's hands last. `secrets`: for the officer who did, while it opens something. */
export type TicketShown = {
  state: "alive" | "begun" | "used" | "expired" | "replaced";
  byName: string;
  isOwn: boolean;
  createdAt: Date;
  expiresAt: Date;
  /** When it was opened by its person, and when the account was activated. */
  begunAt: Date | null;
  usedAt: Date | null;
  secrets: { token: string; code: string } | null;
};

/** Somebody at the counter of a session. `identity` is masked: the document has it. */
export type AtCounter = {
  accountId: string;
  fullName: string;
  identity: string;
  identityType: "mykad" | "passport";
  office: string;
  ofSession: boolean;
  status: AccountStatus;
  officialEmail: string;
  mailboxVerified: boolean;
  place: {
    id: string;
    state: PlaceState;
    isWalkIn: boolean;
    checkedInAt: Date | null;
    checkedInBy: string | null;
    document: OnsiteDocument | null;
  } | null;
  /** How one officer alone may help them; null: they may. */
  barred: ReturnType<typeof presenceBarred> | "outranked";
  ticket: TicketShown | null;
};

const statement = {
  name: "onsite_at_counter",
  text: `select a.id as "accountId", a.full_name as "fullName", a.identity_sealed as "identitySealed", a.identity_type as "identityType",
      a.office_id as "officeId", f.code || ' ' || f.name as office, a.status, a.official_email::text as "officialEmail",
      a.official_email_verified_at is not null as "mailboxVerified", a.activated_at as "activatedAt", a.opens_at as "opensAt",
      exists (select from onsite_session_office o where o.session_id = $2 and o.office_id = a.office_id) as "ofSession",
      exists (select from password_credential where account_id = a.id) or exists (select from passkey where account_id = a.id)
        or exists (select from totp_credential where account_id = a.id) or exists (select from google_link where account_id = a.id)
        or exists (select from recovery_code_set where account_id = a.id) as "hasFactors",
      ${rankColumn("a.id", "$3")} as grants,
      p.id as "placeId", p.state as "placeState", p.is_walk_in as "isWalkIn", p.checked_in_at as "checkedInAt", p.document,
      (select c.full_name from account c where c.id = p.checked_in_by) as "checkedInBy",
      k.id as "linkId", k.token_digest as "tokenDigest", k.seen_by as "seenBy", k.created_at as "linkCreatedAt", k.superseded_at as "supersededAt", k.consumed_at as "consumedAt",
      (select s.full_name from account s where s.id = k.seen_by) as "byName",
      (select min(y.started_at) from activation_ceremony y where y.link_id = k.id) as "begunAt"
    from account a join office f on f.id = a.office_id
      left join onsite_place p on p.session_id = $2 and p.account_id = a.id
      left join lateral (select * from activation_link l where l.account_id = a.id and l.seen_by is not null
        order by l.created_at desc, l.id desc limit 1) k on true
    where a.id = $1`,
};

type Row = Omit<AtCounter, "identity" | "place" | "barred" | "ticket"> & {
  identitySealed: string;
  officeId: string;
  activatedAt: Date | null;
  opensAt: Date | null;
  hasFactors: boolean;
  grants: Grant[];
  placeId: string | null;
  placeState: PlaceState;
  isWalkIn: boolean;
  checkedInAt: Date | null;
  checkedInBy: string | null;
  document: OnsiteDocument | null;
  linkId: string | null;
  tokenDigest: string | null;
  seenBy: string;
  linkCreatedAt: Date;
  supersededAt: Date | null;
  consumedAt: Date | null;
  byName: string;
  begunAt: Date | null;
};

/**
 * Somebody who stands at the counter, and how they can be helped. Null where there is nobody for the officer: outside their
 * offices, or of higher rank; recorded like any other such try. The session the page has found already.
 */
export async function viewCounter(
  ctx: Context,
  officer: Officer,
  sessionId: string,
  accountId: string,
): Promise<AtCounter | null> {
  const [row] = isUuid(accountId) ? await run<Row>(ctx.db, statement, [accountId, sessionId, ctx.now()]) : [];
  if (!row || judge(officer, "onsite.check_in", { ...row, accountId }) !== "allowed") {
    await ctx.db.transaction((tx) => recordRefusal(tx, ctx, "onsite.check_in", row?.accountId));
    return null;
  }
  const { fullName, identityType, office, ofSession, status, officialEmail, mailboxVerified } = row;
  return {
    accountId,
    fullName,
    identityType,
    office,
    ofSession,
    status,
    officialEmail,
    mailboxVerified,
    identity: maskIdentity(unsealIdentity(ctx, { id: accountId, identitySealed: row.identitySealed })),
    place:
      row.placeId === null
        ? null
        : {
            id: row.placeId,
            state: row.placeState,
            isWalkIn: row.isWalkIn,
            checkedInAt: row.checkedInAt,
            checkedInBy: row.checkedInBy,
            document: row.document,
          },
    barred:
      presenceBarred(row, row.hasFactors, ctx.now()) ??
      (judge(officer, "presence.verify", { ...row, accountId }) === "allowed" ? null : "outranked"),
    ticket: ticketOf(ctx, officer, row),
  };
}

function ticketOf(ctx: Context, officer: Officer, row: Row): TicketShown | null {
  if (row.linkId === null || row.tokenDigest === null) return null;
  const { linkCreatedAt: createdAt, byName, begunAt, seenBy } = row;
  const expiresAt = after(createdAt, LINK_LIFETIME);
  const isOwn = seenBy === officer.accountId;
  const state = stateOf(row, expiresAt, ctx.now());
  const opens = (state === "alive" || state === "begun") && expiresAt > ctx.now() && awaitsActivation(row.status);
  return {
    state,
    byName,
    isOwn,
    createdAt,
    expiresAt,
    begunAt,
    usedAt: row.consumedAt,
    secrets: isOwn && opens ? secretsOf(ctx, { id: row.linkId, tokenDigest: row.tokenDigest }) : null,
  };
}

function stateOf(row: Row, expiresAt: Date, now: Date): TicketShown["state"] {
  if (row.consumedAt) return "used";
  if (row.supersededAt) return "replaced";
  if (row.begunAt) return "begun";
  return expiresAt <= now ? "expired" : "alive";
}
