import { sql } from "drizzle-orm";
import { date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { campaign, campaignLetterKinds, campaignPhase } from "./campaign.ts";
import { at } from "./columns.ts";

/**
 * Letters of one occasion to everybody whom it concerns, piece by piece at the mail provider's pace. It goes on after
 * `lastAccountId`, whoever was killed meanwhile.
 */
export const campaignRun = pgTable(
  "campaign_run",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    phaseId: uuid("phase_id")
      .notNull()
      .references(() => campaignPhase.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: campaignLetterKinds }).notNull(),
    /** What it is the run of, so that it is begun once: "begin", "before-14", or of one by hand its own id. */
    occasion: text("occasion").notNull(),
    /** By hand: to those alone who are held up by this; and of these offices alone. Null: everybody who is not done. */
    heldUpBy: text("held_up_by"),
    officeIds: uuid("office_ids").array(),
    state: text("state", { enum: ["running", "paused", "done", "stopped"] }).notNull(),
    lastAccountId: uuid("last_account_id"),
    sent: integer("sent").notNull().default(0),
    /** Passed over: nothing reaches their mailbox; they have had a letter of a campaign on the same day. */
    unreachable: integer("unreachable").notNull().default(0),
    hadToday: integer("had_today").notNull().default(0),
    /** Null where the schedule began it. */
    startedBy: uuid("started_by").references(() => account.id),
    /** Why somebody began it by hand; sealed. */
    reasonSealed: text("reason_sealed"),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [
    uniqueIndex("campaign_run_once").on(t.phaseId, t.kind, t.occasion),
    index("campaign_run_open").on(t.startedAt).where(sql`${t.state} = 'running'`),
    index("campaign_run_of_campaign").on(t.campaignId, t.startedAt),
  ],
);

/** Whom a run has written to, or passed over: once. */
export const campaignLetter = pgTable(
  "campaign_letter",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => campaignRun.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    outcome: text("outcome", { enum: ["owed", "unreachable", "had_today"] }).notNull(),
    /** The day in the agency's zone on which it was owed, or they were passed over. */
    day: date("day", { mode: "string" }).notNull(),
    owedAt: at("owed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.accountId] }),
    // However many runs there are, nobody has two letters on one day.
    uniqueIndex("campaign_letter_one_a_day").on(t.accountId, t.day).where(sql`${t.outcome} = 'owed'`),
    index("campaign_letter_of_account").on(t.accountId, t.owedAt),
  ],
);
