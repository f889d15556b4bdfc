import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { securityQuestion } from "./authenticators.ts";
import { at, citext } from "./columns.ts";
import { helpdeskCase } from "./profile.ts";
import { enrolmentTicket } from "./recovery.ts";
import { roleGrant } from "./roles.ts";

/** What an officer did to somebody's account, and why in their own words. The trail names it by its id. */
export const officerAction = pgTable(
  "officer_action",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    officerId: uuid("officer_id")
      .notNull()
      .references(() => account.id),
    /** A name of the officers' actions ("suspend", "resend_activation"). */
    action: text("action").notNull(),
    reasonSealed: text("reason_sealed").notNull(),
    caseId: uuid("case_id").references(() => helpdeskCase.id),
    at: at("at").notNull(),
  },
  (t) => [
    index("officer_action_of_account").on(t.accountId, t.at),
    index("officer_action_by_officer").on(t.officerId, t.at),
    index("officer_action_age").on(t.at),
    index("officer_action_of_case").on(t.caseId).where(sql`${t.caseId} is not null`),
  ],
);

/**
 * What takes two officers: one asks, another decides within hours. `factor_reset` yields an enrolment ticket; the others
 * make the change they name.
 */
export const officerRequest = pgTable(
  "officer_request",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    kind: text("kind", { enum: ["factor_reset", "reopen", "name", "identity", "role"] }).notNull(),
    requestedBy: uuid("requested_by")
      .notNull()
      .references(() => account.id),
    reasonSealed: text("reason_sealed").notNull(),
    requestedAt: at("requested_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    /** expired: written down when somebody looks, or by the housekeeping; it is over at `expiresAt` in any case. */
    state: text("state", { enum: ["open", "approved", "refused", "expired", "withdrawn"] }).notNull(),
    decidedBy: uuid("decided_by").references(() => account.id),
    decidedAt: at("decided_at"),
    decisionReasonSealed: text("decision_reason_sealed"),
    /** factor_reset: what came of it. */
    ticketId: uuid("ticket_id").references(() => enrolmentTicket.id, { onDelete: "set null" }),
    /** name, identity: the correction that its owner asked for. */
    caseId: uuid("case_id").references(() => helpdeskCase.id),
    /** role: which grant waits. */
    grantId: uuid("grant_id").references(() => roleGrant.id),
    /** factor_reset: when its owner stopped it, whether or not it had been decided. */
    stoppedAt: at("stopped_at"),
  },
  (t) => [
    uniqueIndex("officer_request_one_open")
      .on(t.accountId, t.kind, sql`coalesce(${t.grantId}, '00000000-0000-0000-0000-000000000000'::uuid)`)
      .where(sql`${t.state} = 'open'`),
    index("officer_request_open").on(t.expiresAt).where(sql`${t.state} = 'open'`),
    index("officer_request_of_account").on(t.accountId, t.requestedAt),
    index("officer_request_age").on(t.requestedAt),
    index("officer_request_of_case").on(t.caseId).where(sql`${t.caseId} is not null`),
    index("officer_request_stopped").on(t.stoppedAt).where(sql`${t.stoppedAt} is not null`),
  ],
);

/**
 * Officer and caller prove themselves to each other. codes: the officer reads one out, the caller reads another back.
 * question: the caller answers one of their security questions. presence: the officer has seen person and document.
 */
export const callerCheck = pgTable(
  "caller_check",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    officerId: uuid("officer_id")
      .notNull()
      .references(() => account.id),
    kind: text("kind", { enum: ["codes", "question", "presence"] }).notNull(),
    /** codes: keyed digests of what the officer reads out, and of what is read back. */
    spokenDigest: text("spoken_digest"),
    counterpartDigest: text("counterpart_digest"),
    /** question: the one that is asked until it is answered. */
    questionId: text("question_id").references(() => securityQuestion.id),
    startedAt: at("started_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    tries: integer("tries").notNull().default(0),
    /** The caller typed the spoken code; then by what they get the counterpart: signed in, or in the official mailbox. */
    answeredAt: at("answered_at"),
    answeredBy: text("answered_by", { enum: ["session", "mailbox"] }),
    /** From then on for 15 minutes the caller counts as the owner. */
    verifiedAt: at("verified_at"),
    failedAt: at("failed_at"),
  },
  (t) => [
    index("caller_check_of_account").on(t.accountId, t.startedAt),
    index("caller_check_spoken").on(t.spokenDigest).where(sql`${t.spokenDigest} is not null`),
    index("caller_check_age").on(t.expiresAt),
  ],
);

/** Mailboxes that letters came back from. Nothing but what proves an address goes there while it stands here. */
export const undeliverableMailbox = pgTable("undeliverable_mailbox", {
  mailbox: citext("mailbox").primaryKey(),
  why: text("why", {
    enum: ["mailbox_full", "no_such_mailbox", "no_such_domain", "blocked", "complained", "other"],
  }).notNull(),
  /** Nothing more is sent there. A full mailbox may be emptied, so it is only told of. */
  isFinal: boolean("is_final").notNull(),
  letterId: uuid("letter_id"),
  since: at("since").notNull(),
});

/** Events of the mail provider that were taken in, by the provider's id of them: each counts once. */
export const webhookEvent = pgTable(
  "webhook_event",
  { id: text("id").primaryKey(), receivedAt: at("received_at").notNull() },
  (t) => [index("webhook_event_age").on(t.receivedAt)],
);
