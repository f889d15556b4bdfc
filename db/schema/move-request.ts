import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { campaign } from "./campaign.ts";
import { at } from "./columns.ts";
import { relyingPartyRole } from "./relying-party.ts";

/**
 * What one officer prepares and another confirms: that somebody moves, or that a role of a system is given or taken in
 * the course of it.
 */
export const moveRequest = pgTable(
  "move_request",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    kind: text("kind", { enum: ["enrolment", "role_grant", "role_end"] }).notNull(),
    /** Of the kinds about roles. */
    roleId: uuid("role_id").references(() => relyingPartyRole.id),
    requestedBy: uuid("requested_by")
      .notNull()
      .references(() => account.id),
    /** Sealed. */
    reasonSealed: text("reason_sealed").notNull(),
    requestedAt: at("requested_at").notNull(),
    /** moot: overtaken (the person left, the campaign was closed). */
    state: text("state", { enum: ["open", "confirmed", "refused", "withdrawn", "moot"] })
      .notNull()
      .default("open"),
    decidedBy: uuid("decided_by").references(() => account.id),
    decidedAt: at("decided_at"),
    /** Of a refusal; sealed. */
    decisionReasonSealed: text("decision_reason_sealed"),
  },
  (t) => [
    uniqueIndex("move_request_one_open")
      .on(t.campaignId, t.accountId, t.kind, sql`coalesce(${t.roleId}, '00000000-0000-0000-0000-000000000000'::uuid)`)
      .where(sql`${t.state} = 'open'`),
    index("move_request_open").on(t.requestedAt, t.id).where(sql`${t.state} = 'open'`),
    index("move_request_decided").on(t.campaignId, t.decidedAt, t.id).where(sql`${t.state} <> 'open'`),
    index("move_request_of_account").on(t.accountId, t.campaignId, t.kind, t.state),
  ],
);
