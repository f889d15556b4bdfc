import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at, bytes } from "./columns.ts";

/** Append-only: a trigger and missing rights refuse changes. No foreign keys, so that the trail outlives what it speaks of. */
export const auditEvent = pgTable(
  "audit_event",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: at("at").notNull(),
    type: text("type").notNull(),
    outcome: text("outcome", { enum: ["success", "refused"] }).notNull(),
    accountId: uuid("account_id"),
    actorKind: text("actor_kind", { enum: ["nobody", "system", "operator", "account"] }).notNull(),
    actorId: uuid("actor_id"),
    sessionId: uuid("session_id"),
    requestId: text("request_id"),
    ip: text("ip"),
    device: text("device"),
    /** What the catalogue declares for the type; no secrets, no personal data. */
    data: jsonb("data").notNull(),
  },
  (t) => [
    index("audit_event_of_account").on(t.accountId, t.id),
    index("audit_event_by_time").on(t.at, t.id),
    index("audit_event_of_type").on(t.type, t.at, t.id),
    index("audit_event_of_actor").on(t.actorId, t.at, t.id).where(sql`${t.actorId} is not null`),
    // Few among many: what officers and operators did.
    index("audit_event_of_officers")
      .on(t.at, t.id)
      .where(sql`${t.actorKind} = 'account' and ${t.actorId} is distinct from ${t.accountId}`),
    index("audit_event_of_operators").on(t.at, t.id).where(sql`${t.actorKind} = 'operator'`),
  ],
);

/**
 * Of a batch whose events have lost their addresses and devices after their time: how they are sealed since, signed over the
 * seal that stood before. Append-only like it.
 */
export const auditRedaction = pgTable("audit_redaction", {
  sealNumber: integer("seal_number")
    .primaryKey()
    .references(() => auditSeal.number),
  redactedAt: at("redacted_at").notNull(),
  /** As in `audit_seal`, of the rows as they are now. */
  entries: bytes("entries").notNull(),
  /** The key of the trail (`keys.audit`) it is signed with. */
  keyId: text("key_id").notNull(),
  /** base64url of the HMAC-SHA-256 over all of the above and the signature of the seal. */
  signature: text("signature").notNull(),
});

/**
 * A batch of events, signed with a key that is not in the database, each batch over the one before. Append-only like what
 * it seals. A row at a time is kept as well, so that one that was touched can be named.
 */
export const auditSeal = pgTable("audit_seal", {
  /** 1, 2, 3 …: one that is missing shows. */
  number: integer("number").primaryKey(),
  sealedAt: at("sealed_at").notNull(),
  /** The last event it covers; the first is the one after the last of the seal before. */
  lastId: bigint("last_id", { mode: "number" }).notNull(),
  rowCount: integer("row_count").notNull(),
  /** Of each row in the order of ids: its id in 8 bytes (big-endian), and the first 16 bytes of its keyed hash. */
  entries: bytes("entries").notNull(),
  /** The key of the trail (`keys.audit`) it is signed with. */
  keyId: text("key_id").notNull(),
  /** base64url of the HMAC-SHA-256 over all of the above and the signature of the seal before. */
  signature: text("signature").notNull(),
});
