import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/**
 * Proof of which keys this database was written with: a keyed digest of a fixed text, per key. A start with other keys would
 * leave what lies here unreadable, so it is refused.
 */
export const keyCheck = pgTable(
  "key_check",
  {
    purpose: text("purpose").notNull(),
    keyId: text("key_id").notNull(),
    digest: text("digest").notNull(),
    firstSeenAt: at("first_seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.purpose, t.keyId] })],
);
