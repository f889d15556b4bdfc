import { pgTable, text } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** One row where demo people, whose passwords lie about, have been put in. Production does not start on such a database. */
export const demonstration = pgTable("demonstration", {
  mark: text("mark").primaryKey(),
  filledAt: at("filled_at").notNull(),
});
