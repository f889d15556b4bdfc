import { customType, timestamp } from "drizzle-orm/pg-core";

/** Text compared without regard to case: mailboxes. */
export const citext = customType<{ data: string }>({ dataType: () => "citext" });
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Text compared byte by byte, the same on every machine: what is only sorted and looked up, never read. */
export const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
