import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";

/** A browser an account has been used from. The cookie's secret is the browser's; one browser may serve several accounts. */
export const device = pgTable(
  "device",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    tokenDigest: text("token_digest").notNull(),
    label: text("label").notNull(),
    firstSeenAt: at("first_seen_at").notNull(),
    lastSeenAt: at("last_seen_at").notNull(),
    /** Set by a successful sign-in: from then on the browser is known. Before, it only registered. */
    signedInAt: at("signed_in_at"),
  },
  (t) => [unique("device_once_per_account").on(t.accountId, t.tokenDigest)],
);

/** The authority on who is signed in: the cookie holds a secret whose digest is here, and nothing else. */
export const session = pgTable(
  "session",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    tokenDigest: text("token_digest").notNull().unique(),
    /** `Proof[]`: what was proven and when. The level is computed from it, never stored. */
    proofs: jsonb("proofs").notNull(),
    deviceId: uuid("device_id").references(() => device.id),
    device: text("device").notNull(),
    ip: text("ip").notNull(),
    createdAt: at("created_at").notNull(),
    lastSeenAt: at("last_seen_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    endedAt: at("ended_at"),
    endedWhy: text("ended_why"),
    /** The session in which its owner signed in again in the same browser: what hung on this one hangs on that. */
    continuedBy: uuid("continued_by"),
    /** Opened with an enrolment ticket: it may enrol one second factor, and nothing else. */
    ticketId: uuid("ticket_id"),
  },
  (t) => [
    index("session_of_account").on(t.accountId, t.createdAt),
    index("session_age").on(t.expiresAt),
    // A browser's row goes once no session names it.
    index("session_of_device").on(t.deviceId).where(sql`${t.deviceId} is not null`),
  ],
);
