import { sql } from "drizzle-orm";
import { bigint, date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";
import { office } from "./office.ts";
import { ictRole } from "./profile.ts";
import { relyingPartyRole } from "./relying-party.ts";

/** draft: being written. announced: people are told. running: the first phase has begun. closed: nothing moves any more. */
export const campaignStates = ["draft", "announced", "running", "closed"] as const;
export type CampaignState = (typeof campaignStates)[number];

/** What somebody has to have before their move is complete, in the order in which they are led through it. */
export const campaignRequirements = [
  "official_email",
  "personal_email",
  "mobile",
  "office_address",
  "ict_roles",
  "second_factor",
  "ap_confirmation",
] as const;
export type CampaignRequirement = (typeof campaignRequirements)[number];

/** An agency moves people from hardware tokens to Roaming OTP, in phases. */
export const campaign = pgTable("campaign", {
  id: uuid("id").primaryKey(),
  nameMs: text("name_ms").notNull(),
  nameEn: text("name_en").notNull(),
  reasonMs: text("reason_ms").notNull(),
  reasonEn: text("reason_en").notNull(),
  /** "Punca kuasa": the circular or instruction it rests on. */
  authority: text("authority").notNull(),
  /** Whom to ask: a unit, a telephone number, a mailbox; lines. */
  contacts: text("contacts").notNull(),
  state: text("state", { enum: campaignStates }).notNull().default("draft"),
  requirements: text("requirements", { enum: campaignRequirements }).array().notNull(),
  /** Reminders go out so many days before a phase ends; descending. */
  remindDaysBefore: integer("remind_days_before").array().notNull(),
  /** ISO days of the week (1 Monday … 7 Sunday) on which no letter goes out. */
  quietWeekdays: integer("quiet_weekdays").array().notNull(),
  /** Single days on which none does: holidays. */
  quietDays: date("quiet_days", { mode: "string" }).array().notNull(),
  createdAt: at("created_at").notNull(),
  createdBy: uuid("created_by").references(() => account.id),
  announcedAt: at("announced_at"),
  startedAt: at("started_at"),
  closedAt: at("closed_at"),
  /** When everybody whom it may be for was last looked at; null: not yet. Before that nobody knows whom to write to. */
  peopleLookedAt: at("people_looked_at"),
  /** One more with each change by an administrator. */
  version: integer("version").notNull().default(1),
});

/** Whom it is for: whoever holds one of these roles of a system. */
export const campaignTarget = pgTable(
  "campaign_target",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    roleId: uuid("role_id")
      .notNull()
      .references(() => relyingPartyRole.id),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.roleId] })],
);

/** The same, by what people say they do (`ict_role`). */
export const campaignTargetIctRole = pgTable(
  "campaign_target_ict_role",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    roleId: text("role_id")
      .notNull()
      .references(() => ictRole.id),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.roleId] })],
);

/** First and last day, in the agency's zone. Phases of one campaign follow each other. */
export const campaignPhase = pgTable(
  "campaign_phase",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    /** 1, 2, 3 …, by their days. */
    number: integer("number").notNull(),
    fromDay: date("from_day", { mode: "string" }).notNull(),
    untilDay: date("until_day", { mode: "string" }).notNull(),
  },
  (t) => [uniqueIndex("campaign_phase_number").on(t.campaignId, t.number)],
);

export const campaignPhaseOffice = pgTable(
  "campaign_phase_office",
  {
    phaseId: uuid("phase_id")
      .notNull()
      .references(() => campaignPhase.id, { onDelete: "cascade" }),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
  },
  // An office moves in one phase.
  (t) => [primaryKey({ columns: [t.campaignId, t.officeId] }), index("campaign_phase_office_of_phase").on(t.phaseId)],
);

export const campaignLetterKinds = ["invitation", "reminder"] as const;
export type CampaignLetterKind = (typeof campaignLetterKinds)[number];

/** What its letters say, in the agency's own words; plain text, paragraphs apart by an empty line. */
export const campaignText = pgTable(
  "campaign_text",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: campaignLetterKinds }).notNull(),
    subjectMs: text("subject_ms").notNull(),
    subjectEn: text("subject_en").notNull(),
    bodyMs: text("body_ms").notNull(),
    bodyEn: text("body_en").notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.kind] })],
);

/**
 * Somebody whom a campaign is for, and how far they have come, as it was found when it was last looked at: the facts are
 * the account's. `left`: they are its no more (roles taken back, account closed), and count no more; the row stays.
 */
export const campaignPerson = pgTable(
  "campaign_person",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** That of the account, when it was looked at. */
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
    /** Null where no phase has their office. */
    phaseId: uuid("phase_id").references(() => campaignPhase.id, { onDelete: "set null" }),
    /** not_begun: nothing that is asked for is there. */
    state: text("state", { enum: ["not_begun", "under_way", "done", "left"] }).notNull(),
    /** What is not there yet, in the order of `campaignRequirements`. */
    missing: text("missing", { enum: campaignRequirements }).array().notNull(),
    /**
     * What holds them up first. letter_bounced and not_activated stand before everything that is missing;
     * awaiting_confirmation: an AP has still to confirm. Null where they are done.
     */
    heldUpBy: text("held_up_by", {
      enum: [...campaignRequirements, "not_activated", "letter_bounced", "awaiting_confirmation"],
    }),
    enteredAt: at("entered_at").notNull(),
    /** When they were done first, in their phase; stays though something is taken away later. */
    completedAt: at("completed_at"),
    /** When the letter was owed that says so. */
    toldAt: at("told_at"),
    checkedAt: at("checked_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.accountId] }),
    index("campaign_person_of_account").on(t.accountId),
    index("campaign_person_board").on(t.campaignId, t.phaseId, t.officeId, t.state, t.heldUpBy),
    // When an office's people last came further.
    index("campaign_person_change").on(t.campaignId, t.officeId, t.checkedAt),
    index("campaign_person_to_tell")
      .on(t.completedAt, t.accountId)
      .where(sql`${t.completedAt} is not null and ${t.toldAt} is null`),
  ],
);

/** Up to which event of the trail people were looked at again: the one row has the id 1. */
export const campaignTrail = pgTable("campaign_trail", {
  id: integer("id").primaryKey(),
  lastEventId: bigint("last_event_id", { mode: "number" }).notNull(),
  lookedAt: at("looked_at").notNull(),
});

/** How it stood at the end of a day, for the trend. Of today, how it stands. */
export const campaignDay = pgTable(
  "campaign_day",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
    notBegun: integer("not_begun").notNull(),
    underWay: integer("under_way").notNull(),
    done: integer("done").notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.day, t.officeId] })],
);
