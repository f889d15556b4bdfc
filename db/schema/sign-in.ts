import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";

/** A sign-in under way, in one browser. `accountId` is null for a number nobody has: it goes through the same steps. */
export const signInCeremony = pgTable(
  "sign_in_ceremony",
  {
    id: uuid("id").primaryKey(),
    tokenDigest: text("token_digest").notNull().unique(),
    step: text("step", { enum: ["prove", "established"] }).notNull(),
    identityIndex: text("identity_index").notNull(),
    /** What the person typed, masked, to be shown back to them. */
    identityShown: text("identity_shown").notNull(),
    accountId: uuid("account_id").references(() => account.id),
    required: text("required", { enum: ["aal1", "aal2", "aal2-phr"] }).notNull(),
    proofs: jsonb("proofs").notNull(),
    returnTo: text("return_to"),
    startedAt: at("started_at").notNull(),
  },
  (t) => [index("sign_in_ceremony_age").on(t.startedAt)],
);
