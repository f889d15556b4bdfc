import { date, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { office } from "./office.ts";

/** What was counted of an office on a day of the agency's zone: figures people look at are never counted while they wait. */
export const dailyCount = pgTable(
  "daily_count",
  {
    day: date("day", { mode: "string" }).notNull(),
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
    /** `lib/administration/insights/metrics.ts` names them. */
    metric: text("metric").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.officeId, t.metric] }), index("daily_count_of_office").on(t.officeId, t.day)],
);

/** When the counts were last brought up to date; one row. */
export const dailyCountRun = pgTable("daily_count_run", {
  id: integer("id").primaryKey(),
  countedAt: at("counted_at").notNull(),
});
