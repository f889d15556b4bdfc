import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

/** A place of work. Codes may repeat (a state office and its branch); code and name together do not. */
export const office = pgTable(
  "office",
  { id: uuid("id").primaryKey(), code: text("code").notNull(), name: text("name").notNull() },
  (t) => [unique("office_code_name").on(t.code, t.name)],
);
