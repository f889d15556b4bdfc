import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

/** A place of work. Codes may repeat (a state office and its branch); code and name together do not. */
export const office = pgTable(
  "office",
  {
    id: uuid("id").primaryKey(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    /** Lines of a postal address; null where the agency has not given it. */
    address: text("address"),
  },
  (t) => [unique("office_code_name").on(t.code, t.name)],
);
