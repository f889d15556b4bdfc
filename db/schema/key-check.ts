import { boolean, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/**
 * Proof of which keys this database was written with: a keyed digest of a fixed text, per key. A start with other keys would
 * leave what lies here unreadable, so it is refused. Of each purpose one key writes: `writesSince` without `writesUntil`. One
 * without `writesSince` is held by some instances and waits until all hold it.
 */
export const keyCheck = pgTable(
  "key_check",
  {
    purpose: text("purpose").notNull(),
    keyId: text("key_id").notNull(),
    digest: text("digest").notNull(),
    firstSeenAt: at("first_seen_at").notNull(),
    writesSince: at("writes_since"),
    writesUntil: at("writes_until"),
    /** Of a lookup key: whatever it found stands under the next one too, and nothing new is written under both. */
    movedAt: at("moved_at"),
    /** Nothing that lies here, or is under way, needs it any more: it may be taken out of the keys. */
    spentAt: at("spent_at"),
  },
  (t) => [primaryKey({ columns: [t.purpose, t.keyId] })],
);

/** A key's purpose and the ids of keys of it: what an instance holds, asks for, writes with. No key is in here. */
type KeyIds = Record<string, string[]>;

/**
 * Processes that hold keys, each by a row that it renews: a new key writes only once every one of them can read it. Rows of
 * those that ended without saying so grow old and go.
 */
export const instance = pgTable("instance", {
  id: text("id").primaryKey(),
  startedAt: at("started_at").notNull(),
  seenAt: at("seen_at").notNull(),
  /** Does the work that is owed (letters, jobs). False of an operator's command, too. */
  works: boolean("works").notNull(),
  holds: jsonb("holds").$type<KeyIds>().notNull(),
  /** The key of each purpose that its keys call the current one. */
  asks: jsonb("asks").$type<Record<string, string>>().notNull(),
  /** The one it goes by. */
  writes: jsonb("writes").$type<Record<string, string>>().notNull(),
  /** It writes lookups under the former key as well. */
  former: text("former"),
});
