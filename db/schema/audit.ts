import { bigint, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

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
  (t) => [index("audit_event_of_account").on(t.accountId, t.id)],
);
