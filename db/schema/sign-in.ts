import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";
import { session } from "./session.ts";

/** A sign-in under way, in one browser. `accountId` is null for a number nobody has: it goes through the same steps. */
export const signInCeremony = pgTable(
  "sign_in_ceremony",
  {
    id: uuid("id").primaryKey(),
    tokenDigest: text("token_digest").notNull().unique(),
    step: text("step", { enum: ["prove", "established"] }).notNull(),
    identityIndex: text("identity_index").notNull(),
    /** What the person typed, masked, to be shown back to them; null where nothing was typed (a passkey, Google). */
    identityShown: text("identity_shown"),
    accountId: uuid("account_id").references(() => account.id),
    required: text("required", { enum: ["aal1", "aal2", "aal2-phr"] }).notNull(),
    proofs: jsonb("proofs").notNull(),
    /** What a session that is stepped up brings along counts if it was proven since then; null: if ten minutes ago or later. */
    proofsSince: at("proofs_since"),
    returnTo: text("return_to"),
    /** The session that is stepped up; null where a new one is to be opened. */
    sessionId: uuid("session_id").references(() => session.id, { onDelete: "cascade" }),
    /** When a code by email was last asked for here, whether or not one was owed: for the countdown. */
    codeRequestedAt: at("code_requested_at"),
    /** The person ticked that the security phrase is theirs. */
    phraseConfirmedAt: at("phrase_confirmed_at"),
    /** The enrolment ticket this sign-in was begun with: it opens a session that may enrol a second factor and no more. */
    ticketId: uuid("ticket_id"),
    startedAt: at("started_at").notNull(),
  },
  (t) => [
    index("sign_in_ceremony_age").on(t.startedAt),
    index("sign_in_ceremony_of_session").on(t.sessionId).where(sql`${t.sessionId} is not null`),
  ],
);
