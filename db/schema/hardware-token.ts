import { sql } from "drizzle-orm";
import { bigint, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";

/**
 * issued: in use. lost, misused: reported so. revoked: an officer took it out of use. retired: its holder has moved to
 * Roaming OTP and it is to be handed back. returned: it came back; the end.
 */
export const hardwareTokenStates = ["issued", "lost", "misused", "revoked", "retired", "returned"] as const;
export type HardwareTokenState = (typeof hardwareTokenStates)[number];

/** A token of metal and plastic that somebody signed with until now. */
export const hardwareToken = pgTable(
  "hardware_token",
  {
    id: uuid("id").primaryKey(),
    /** As it stands on it, in upper case and without blanks. */
    serial: text("serial").notNull(),
    medium: text("medium", { enum: ["usb_token", "smart_card", "other"] }).notNull(),
    holderId: uuid("holder_id")
      .notNull()
      .references(() => account.id),
    /** The day it was handed out; null where nobody knows. */
    issuedOn: date("issued_on", { mode: "string" }),
    state: text("state", { enum: hardwareTokenStates }).notNull(),
    stateSince: at("state_since").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("hardware_token_serial").on(t.serial),
    index("hardware_token_of_holder").on(t.holderId),
    index("hardware_token_by_state").on(t.state, t.stateSince, t.id),
  ],
);

/** Its custody, from one hand to the next: append-only. */
export const hardwareTokenEvent = pgTable(
  "hardware_token_event",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tokenId: uuid("token_id")
      .notNull()
      .references(() => hardwareToken.id),
    at: at("at").notNull(),
    move: text("move").notNull(),
    state: text("state", { enum: hardwareTokenStates }).notNull(),
    holderId: uuid("holder_id")
      .notNull()
      .references(() => account.id),
    /** Null where it happened by itself, or an operator did it. */
    byId: uuid("by_id").references(() => account.id),
    /** What was said of it: how it was lost, in which condition it came back. Sealed. */
    noteSealed: text("note_sealed"),
    /** returned: the number of its receipt. */
    receipt: text("receipt"),
  },
  (t) => [
    index("hardware_token_event_of_token").on(t.tokenId, t.id),
    uniqueIndex("hardware_token_event_receipt").on(t.receipt).where(sql`${t.receipt} is not null`),
  ],
);

/** A file of tokens, looked at before it is applied. */
export const hardwareTokenImport = pgTable(
  "hardware_token_import",
  {
    id: uuid("id").primaryKey(),
    fileName: text("file_name").notNull(),
    digest: text("digest").notNull(),
    state: text("state", { enum: ["ready", "applied", "discarded"] }).notNull(),
    /** What its lines came to, as they were judged: sealed JSON. */
    rowsSealed: text("rows_sealed").notNull(),
    /** How many of each kind. */
    counts: jsonb("counts").notNull(),
    rows: integer("rows").notNull(),
    uploadedBy: uuid("uploaded_by").references(() => account.id),
    uploadedAt: at("uploaded_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [index("hardware_token_import_recent").on(t.uploadedAt)],
);
