import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at, bytes } from "./columns.ts";

/** What administrators have chosen over the configuration, a row per page of theirs. Rows are changed, never removed. */
export const agencySetting = pgTable("agency_setting", {
  /** "policy", "domains", "look"; "lists" stands for the offices and the questions, and has no value. */
  key: text("key").primaryKey(),
  /** Only what differs from the configuration: what is not here follows it. */
  value: jsonb("value").notNull(),
  /** One more with each change: of two who change the same, the second is told. */
  version: integer("version").notNull(),
  changedAt: at("changed_at").notNull(),
  changedBy: uuid("changed_by").references(() => account.id),
});

/** Pictures of the agency's crest, under the digest of what they hold; `look` names the one that is shown. */
export const agencyCrest = pgTable("agency_crest", {
  id: text("id").primaryKey(),
  png: bytes("png").notNull(),
  addedAt: at("added_at").notNull(),
});

export const announcementLevels = ["info", "warning", "danger"] as const;

/** What every page says on top for a while, in both languages. */
export const announcement = pgTable(
  "announcement",
  {
    id: uuid("id").primaryKey(),
    textMs: text("text_ms").notNull(),
    textEn: text("text_en").notNull(),
    level: text("level", { enum: announcementLevels }).notNull(),
    fromAt: at("from_at").notNull(),
    /** Shown before this moment; null until somebody takes it down. */
    untilAt: at("until_at"),
    /** Taken down by hand. */
    endedAt: at("ended_at"),
    version: integer("version").notNull(),
    changedAt: at("changed_at").notNull(),
    changedBy: uuid("changed_by")
      .notNull()
      .references(() => account.id),
  },
  (t) => [index("announcement_by_time").on(t.fromAt)],
);
