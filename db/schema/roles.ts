import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";
import { office } from "./office.ts";

/** What an officer may be. Everybody else is staff. */
export const roles = ["helpdesk", "sa", "ap", "administrator", "auditor"] as const;
export type Role = (typeof roles)[number];

/**
 * A role somebody holds, in one office (helpdesk, sa, ap) or in the whole agency (administrator, auditor), from a day and
 * until another. requested: a second person has still to agree. One that ended stays, with when.
 */
export const roleGrant = pgTable(
  "role_grant",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    role: text("role", { enum: roles }).notNull(),
    officeId: uuid("office_id").references(() => office.id),
    state: text("state", { enum: ["requested", "active", "refused", "ended"] }).notNull(),
    fromAt: at("from_at").notNull(),
    /** From this moment it gives no right any more; null where no end is set. */
    untilAt: at("until_at"),
    /** Whoever granted or asked for it; null where an operator did at the command line. */
    grantedBy: uuid("granted_by").references(() => account.id),
    grantedAt: at("granted_at").notNull(),
    endedAt: at("ended_at"),
    endedBy: uuid("ended_by").references(() => account.id),
  },
  (t) => [
    check("role_grant_scope", sql`(${t.officeId} is null) = (${t.role} in ('administrator', 'auditor'))`),
    // Nobody holds, or waits for, the same role of the same office twice.
    uniqueIndex("role_grant_once")
      .on(t.accountId, t.role, sql`coalesce(${t.officeId}, '00000000-0000-0000-0000-000000000000'::uuid)`)
      .where(sql`${t.state} in ('requested', 'active')`),
    index("role_grant_in_force").on(t.role, t.officeId).where(sql`${t.state} = 'active'`),
  ],
);
