import { customType, timestamp } from "drizzle-orm/pg-core";

/** Text compared without regard to case: mailboxes. */
export const citext = customType<{ data: string }>({ dataType: () => "citext" });
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
