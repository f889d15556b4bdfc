import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at, citext } from "./columns.ts";

/**
 * A link in a letter that undoes something. Derived from the row; a digest is kept.
 * not_me: a sign-in that was somebody else's · official_email: the official mailbox was changed · recovery: a lost second
 * factor is being replaced
 */
export const undoLink = pgTable(
  "undo_link",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    purpose: text("purpose", { enum: ["not_me", "official_email", "recovery", "officers"] }).notNull(),
    /**
     * not_me: the sign-in that was not theirs. official_email: the one it was changed in. No foreign key: the link outlives
     * the session's row.
     */
    sessionId: uuid("session_id"),
    /** official_email: where the mailbox goes back to. */
    formerMailbox: citext("former_mailbox"),
    /** recovery: which one is stopped. */
    recoveryId: uuid("recovery_id"),
    /** officers: which of their requests is stopped. */
    requestId: uuid("request_id"),
    tokenDigest: text("token_digest").notNull().unique(),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    usedAt: at("used_at"),
  },
  (t) => [index("undo_link_age").on(t.expiresAt), index("undo_link_of_account").on(t.accountId, t.createdAt)],
);

/**
 * A new password being chosen after a mailed link proved the mailbox. Either the link itself ("forgot password": its
 * secrets are derived from the row, and its letter is what `mailbox` and the columns below it are about), or opened in
 * one browser by a link that undid something.
 */
export const passwordReset = pgTable(
  "password_reset",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    tokenDigest: text("token_digest").notNull().unique(),
    identityTries: integer("identity_tries").notNull().default(0),
    createdAt: at("created_at").notNull(),
    /** Of a mailed link: 30 minutes after it was handed over. */
    expiresAt: at("expires_at").notNull(),
    doneAt: at("done_at"),
    mailbox: citext("mailbox"),
    codeDigest: text("code_digest"),
    /**
     * Asked for from a browser the account knows; such requests have an allowance of their own. Null: by an officer, who
     * has a third.
     */
    knownBrowser: boolean("known_browser"),
    requestedFrom: text("requested_from"),
    handedOverAt: at("handed_over_at"),
    codeTries: integer("code_tries").notNull().default(0),
  },
  (t) => [
    index("password_reset_open").on(t.accountId).where(sql`${t.doneAt} is null`),
    index("password_reset_of_mailbox").on(t.mailbox, t.createdAt),
    index("password_reset_age").on(t.expiresAt),
  ],
);

/**
 * A lost second factor being replaced. asked → the mailed link is opened and security answers given → 24 hours' wait →
 * an enrolment ticket. Anything that was stopped stays as it was, with when and how.
 */
export const recovery = pgTable(
  "recovery",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    mailbox: citext("mailbox").notNull(),
    tokenDigest: text("token_digest").notNull().unique(),
    codeDigest: text("code_digest").notNull(),
    knownBrowser: boolean("known_browser").notNull(),
    /** "Chrome pada Windows": where it was asked for. */
    requestedFrom: text("requested_from").notNull(),
    createdAt: at("created_at").notNull(),
    /** The link's 30 minutes start here. */
    handedOverAt: at("handed_over_at"),
    /** A newer one was handed over. */
    supersededAt: at("superseded_at"),
    codeTries: integer("code_tries").notNull().default(0),
    /** The answers were right, given from there: the wait has begun. */
    startedAt: at("started_at"),
    startedFrom: text("started_from"),
    /** When the wait ends. */
    readyAt: at("ready_at"),
    cancelledAt: at("cancelled_at"),
    /** The new factor was enrolled. */
    completedAt: at("completed_at"),
  },
  (t) => [
    index("recovery_of_account").on(t.accountId, t.createdAt),
    index("recovery_of_mailbox").on(t.mailbox, t.createdAt),
    index("recovery_age").on(t.createdAt),
    // One wait at a time.
    uniqueIndex("recovery_one_waiting")
      .on(t.accountId)
      .where(sql`${t.startedAt} is not null and ${t.cancelledAt} is null and ${t.completedAt} is null`),
  ],
);

/**
 * Lets the owner of an account enrol one second factor, once, after signing in with what else opens it. Derived from
 * the row; digests are kept.
 */
export const enrolmentTicket = pgTable(
  "enrolment_ticket",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** recovery: after its wait. officers: two of them decided so. */
    why: text("why", { enum: ["recovery", "officers"] }).notNull(),
    recoveryId: uuid("recovery_id").references(() => recovery.id),
    tokenDigest: text("token_digest").notNull().unique(),
    codeDigest: text("code_digest").notNull(),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    usedAt: at("used_at"),
    /** Stopped by its owner. */
    cancelledAt: at("cancelled_at"),
    codeTries: integer("code_tries").notNull().default(0),
  },
  (t) => [
    index("enrolment_ticket_of_account").on(t.accountId, t.createdAt),
    index("enrolment_ticket_age").on(t.expiresAt),
    index("enrolment_ticket_of_recovery").on(t.recoveryId),
  ],
);
