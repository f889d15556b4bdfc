import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at, bytes, citext } from "./columns.ts";
import { office } from "./office.ts";

/** A new mailbox waiting for its owner to show that letters to it are read. Nothing has changed until then. */
export const mailboxChange = pgTable(
  "mailbox_change",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    which: text("which", { enum: ["official", "personal"] }).notNull(),
    mailbox: citext("mailbox").notNull(),
    tokenDigest: text("token_digest").notNull().unique(),
    codeDigest: text("code_digest").notNull(),
    requestedFrom: text("requested_from").notNull(),
    createdAt: at("created_at").notNull(),
    /** Its 30 minutes start here. */
    handedOverAt: at("handed_over_at"),
    /** A newer one of its kind was asked for, or it was withdrawn. */
    supersededAt: at("superseded_at"),
    consumedAt: at("consumed_at"),
    codeTries: integer("code_tries").notNull().default(0),
  },
  (t) => [
    index("mailbox_change_of_account").on(t.accountId, t.createdAt),
    index("mailbox_change_of_mailbox").on(t.mailbox, t.createdAt),
    index("mailbox_change_age").on(t.createdAt),
  ],
);

/** Roles people hold in the agency's systems ("Penyedia", "Pelulus"). They say so themselves; a role here gives no right. */
export const ictRole = pgTable("ict_role", {
  id: text("id").primaryKey(),
  nameMs: text("name_ms").notNull(),
  nameEn: text("name_en").notNull(),
  /** In the order they are offered. */
  position: integer("position").notNull(),
  retiredAt: at("retired_at"),
});

export const accountIctRole = pgTable(
  "account_ict_role",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    roleId: text("role_id")
      .notNull()
      .references(() => ictRole.id),
    heldSince: at("held_since").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.roleId] })],
);

/**
 * What a person asks people to look at: something reported, or a correction that they may not make themselves. Decided
 * in the helpdesk; `reference` is what is read out on the telephone.
 */
export const helpdeskCase = pgTable(
  "helpdesk_case",
  {
    id: uuid("id").primaryKey(),
    reference: text("reference").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /**
     * report: something in the activity was not theirs. name, office: their office confirms. identity: two officers
     * decide.
     */
    kind: text("kind", { enum: ["report", "name", "identity", "office"] }).notNull(),
    /** report: the event it is about. */
    eventId: bigint("event_id", { mode: "number" }),
    /** office: where to. */
    officeId: uuid("office_id").references(() => office.id),
    /** name, identity: what it shall be, sealed (JSON). */
    wantedSealed: text("wanted_sealed"),
    /** In the person's own words, sealed; null where they wrote none. */
    reasonSealed: text("reason_sealed"),
    state: text("state", { enum: ["open", "withdrawn", "approved", "refused", "closed"] }).notNull(),
    openedAt: at("opened_at").notNull(),
    endedAt: at("ended_at"),
    decidedBy: uuid("decided_by").references(() => account.id),
    /** What its owner reads of the decision, sealed: why it was refused, or what was found. */
    answerSealed: text("answer_sealed"),
    /** What was so before it was approved, sealed: a name, an identity number, the id of an office. */
    formerSealed: text("former_sealed"),
  },
  (t) => [
    unique("helpdesk_case_reference").on(t.reference),
    index("helpdesk_case_of_account").on(t.accountId, t.openedAt),
    index("helpdesk_case_by_state").on(t.state, t.openedAt),
    index("helpdesk_case_age").on(t.endedAt).where(sql`${t.endedAt} is not null`),
  ],
);

/** Everything held on a person, made for them to take away, and thrown away soon after. */
export const dataExport = pgTable(
  "data_export",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    requestedAt: at("requested_at").notNull(),
    /** Until then it is being made. */
    readyAt: at("ready_at"),
    /** Encrypted, gzipped JSON. */
    body: bytes("body"),
    /** Of the JSON, in bytes. */
    size: integer("size"),
    takenAt: at("taken_at"),
  },
  (t) => [index("data_export_of_account").on(t.accountId, t.requestedAt), index("data_export_age").on(t.requestedAt)],
);
