import { boolean, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { account, activationLink } from "./account.ts";
import { at } from "./columns.ts";
import { session } from "./session.ts";

export const passwordCredential = pgTable("password_credential", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => account.id),
  /** argon2id in PHC form. */
  hash: text("hash").notNull(),
  setAt: at("set_at").notNull(),
  /** Somebody else knew it, the owner says: it opens nothing until a new one is set. */
  disabledAt: at("disabled_at"),
});

/** The bank people choose from. Administrators may retire a question; answered ones stay. */
export const securityQuestion = pgTable("security_question", {
  id: text("id").primaryKey(),
  textMs: text("text_ms").notNull(),
  textEn: text("text_en").notNull(),
  retiredAt: at("retired_at"),
  /** The question it was reworded to, before anybody had answered it: then it is nowhere shown. */
  replacedBy: text("replaced_by"),
});

/** Answers given during activation belong to the link, not yet to the account: another link starts anew. */
export const activationAnswer = pgTable(
  "activation_answer",
  {
    linkId: uuid("link_id")
      .notNull()
      .references(() => activationLink.id, { onDelete: "cascade" }),
    questionId: text("question_id")
      .notNull()
      .references(() => securityQuestion.id),
    hash: text("hash").notNull(),
    addedAt: at("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.questionId] })],
);

export const securityAnswer = pgTable(
  "security_answer",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    questionId: text("question_id")
      .notNull()
      .references(() => securityQuestion.id),
    hash: text("hash").notNull(),
    setAt: at("set_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.questionId] })],
);

/** Answers given to replace the account's, in one session, until there are three of them and they are taken over. */
export const replacementAnswer = pgTable(
  "replacement_answer",
  {
    sessionId: uuid("session_id")
      .notNull()
      .references(() => session.id, { onDelete: "cascade" }),
    questionId: text("question_id")
      .notNull()
      .references(() => securityQuestion.id),
    hash: text("hash").notNull(),
    addedAt: at("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.questionId] })],
);

/**
 * Wrong passwords in a row, per identity and per browser that the account knows (all unknown browsers share one row).
 * Kept under the blind index, so that a number without an account is slowed down exactly alike.
 */
export const passwordThrottle = pgTable(
  "password_throttle",
  {
    identityIndex: text("identity_index").notNull(),
    /** Id of the known device, or "unknown". */
    browser: text("browser").notNull(),
    failures: integer("failures").notNull(),
    pausedUntil: at("paused_until"),
    /** Whether the last try was let through to the password. */
    allowed: boolean("allowed").notNull(),
    lastTriedAt: at("last_tried_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.identityIndex, t.browser] }), index("password_throttle_age").on(t.lastTriedAt)],
);
