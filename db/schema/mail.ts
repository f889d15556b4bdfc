import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";

/** A letter from the moment it is owed. What it says is put together when it is handed over; nothing readable lies here. */
export const letter = pgTable(
  "letter",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    kind: text("kind").notNull(),
    to: text("to").notNull(),
    /** Ids the letter is about: `{ "linkId": … }`. */
    about: jsonb("about").notNull(),
    /**
     * queued → handed_over → delivered → bounced → complained, never back; or parked as refused (with the transport's
     * reason), or moot (no longer made sense). That a server took it is "handed over"; only the provider says "delivered".
     */
    state: text("state", {
      enum: ["queued", "handed_over", "delivered", "bounced", "complained", "refused", "moot"],
    }).notNull(),
    reason: text("reason"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: at("created_at").notNull(),
    handedOverAt: at("handed_over_at"),
    /** The mail provider's own name of it. */
    providerId: text("provider_id"),
    deliveredAt: at("delivered_at"),
    /** When it came back, or was complained of. `reason` says why. */
    bouncedAt: at("bounced_at"),
  },
  (t) => [
    index("letter_of_account").on(t.accountId, t.createdAt),
    index("letter_age").on(t.createdAt),
    index("letter_queued").on(t.createdAt).where(sql`${t.state} = 'queued'`),
  ],
);

/** The visible mailbox of the demonstration. */
export const mailboxLetter = pgTable("mailbox_letter", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  /** The letter's id: handing the same letter over twice keeps one. */
  letterId: uuid("letter_id").notNull().unique(),
  to: text("to").notNull(),
  subject: text("subject").notNull(),
  text: text("text").notNull(),
  html: text("html").notNull(),
  sentAt: at("sent_at").notNull(),
});

/** Captcha solutions already used, until they would have expired anyway. */
export const usedCaptcha = pgTable(
  "used_captcha",
  {
    signature: text("signature").primaryKey(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [index("used_captcha_age").on(t.expiresAt)],
);

/** Counters of rate-limiter-flexible; the shape is the library's own. */
export const rateLimit = pgTable(
  "rate_limit",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull().default(0),
    expire: bigint("expire", { mode: "number" }),
  },
  (t) => [index("rate_limit_age").on(t.expire)],
);
