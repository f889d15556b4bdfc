import { integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** A place of work. Codes may repeat (a state office and its branch); code and name together do not. */
export const office = pgTable(
  "office",
  {
    id: uuid("id").primaryKey(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    /** Lines of a postal address; null where the agency has not given it. */
    address: text("address"),
    /** Of official mailboxes of its people, instead of the agency's; null where those hold. */
    emailDomains: text("email_domains").array(),
    /** Nobody may choose it any more; whoever works there stays. */
    retiredAt: at("retired_at"),
    /** One more with each change by an administrator. */
    version: integer("version").notNull().default(1),
  },
  (t) => [unique("office_code_name").on(t.code, t.name)],
);
