import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { campaign } from "./campaign.ts";
import { at } from "./columns.ts";
import { office } from "./office.ts";

/** People come to a place and are helped there. */
export const onsiteSession = pgTable(
  "onsite_session",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaign.id, { onDelete: "cascade" }),
    place: text("place").notNull(),
    address: text("address").notNull(),
    startsAt: at("starts_at").notNull(),
    endsAt: at("ends_at").notNull(),
    capacity: integer("capacity").notNull(),
    /** What to bring and to know, beside what is always said; lines. */
    noteMs: text("note_ms"),
    noteEn: text("note_en"),
    state: text("state", { enum: ["open", "cancelled", "closed"] }).notNull(),
    createdAt: at("created_at").notNull(),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => account.id),
    /** One more with each change; the SEQUENCE of its calendar file. */
    version: integer("version").notNull().default(1),
  },
  (t) => [
    check("onsite_session_time", sql`${t.endsAt} > ${t.startsAt}`),
    check("onsite_session_capacity", sql`${t.capacity} between 1 and 1000`),
    index("onsite_session_by_time").on(t.startsAt, t.id),
    index("onsite_session_of_campaign").on(t.campaignId, t.startsAt),
  ],
);

/** Whose people it is for. */
export const onsiteSessionOffice = pgTable(
  "onsite_session_office",
  {
    sessionId: uuid("session_id")
      .notNull()
      .references(() => onsiteSession.id, { onDelete: "cascade" }),
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.officeId] })],
);

/** Somebody's place in a session, or in its waiting list. */
export const onsitePlace = pgTable(
  "onsite_place",
  {
    id: uuid("id").primaryKey(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => onsiteSession.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** invited: asked to come, and holds no place yet. given_up: by its owner, or the session was cancelled. */
    state: text("state", { enum: ["invited", "booked", "waiting", "attended", "given_up"] }).notNull(),
    /** When it came to that state: the waiting list's order. */
    since: at("since").notNull(),
    /** Its owner, an officer who signed them up, or (walk-in) the one at the counter. */
    madeBy: uuid("made_by")
      .notNull()
      .references(() => account.id),
    isWalkIn: boolean("is_walk_in").notNull().default(false),
    /** When an officer asked them to come, whatever became of it; null where nobody did. */
    invitedAt: at("invited_at"),
    /** When they were reminded, the day before. */
    remindedAt: at("reminded_at"),
    checkedInAt: at("checked_in_at"),
    checkedInBy: uuid("checked_in_by").references(() => account.id),
    /** Which document the officer compared with the person. Its number is not kept. */
    document: text("document", { enum: ["mykad", "passport", "police_report", "service_card"] }),
  },
  (t) => [
    uniqueIndex("onsite_place_once").on(t.sessionId, t.accountId),
    index("onsite_place_list").on(t.sessionId, t.state, t.since, t.id),
    index("onsite_place_of_account").on(t.accountId),
  ],
);
