import { index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";
import { relyingParty } from "./relying-party.ts";

/**
 * What a system asked somebody to approve, and what came of it. It is kept from the moment its request was pushed; from
 * then on its content is what it is.
 */
export const transactionApproval = pgTable(
  "transaction_approval",
  {
    id: uuid("id").primaryKey(),
    relyingPartyId: uuid("relying_party_id")
      .notNull()
      .references(() => relyingParty.id),
    /** The system's own name of this request (RFC 9396 `identifier`): each is approved once. */
    identifier: text("identifier").notNull(),
    /** What is to be approved, as it is shown: canonical JSON (RFC 8785), sealed. */
    contentSealed: text("content_sealed").notNull(),
    /** base64url of the SHA-256 over that JSON. */
    digest: text("digest").notNull(),
    /** Key of the role of the system in which it is approved. */
    role: text("role").notNull(),
    state: text("state", { enum: ["open", "approved", "refused"] }).notNull(),
    requestedAt: at("requested_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    /** Whom it was first shown to, signed in and holding the role: nobody else sees or decides it after. */
    accountId: uuid("account_id").references(() => account.id),
    shownAt: at("shown_at"),
    decidedAt: at("decided_at"),
    /** Of the portal; no reference, for it is discarded earlier. */
    sessionId: uuid("session_id"),
    /** What its owner says of a refusal; sealed. */
    reasonSealed: text("reason_sealed"),
    /** The signed statement (compact JWS) of either decision; sealed. */
    statementSealed: text("statement_sealed"),
    /** The key that signed it: one that was withdrawn is believed no more, and the statement is signed anew. */
    statementKid: text("statement_kid"),
  },
  (t) => [
    uniqueIndex("transaction_approval_once").on(t.relyingPartyId, t.identifier),
    index("transaction_approval_of_account").on(t.accountId, t.requestedAt),
    index("transaction_approval_age").on(t.expiresAt),
    index("transaction_approval_signed_by").on(t.statementKid),
  ],
);

/**
 * The public half of every key that ever signed a statement. Statements are looked at for years: it stays published when
 * the key itself is long gone.
 */
export const statementKey = pgTable("statement_key", {
  kid: text("kid").primaryKey(),
  publicJwk: jsonb("public_jwk").notNull(),
  firstSignedAt: at("first_signed_at").notNull(),
  /** The private half came into wrong hands: what it signed says nothing, and it is published no more. */
  withdrawnAt: at("withdrawn_at"),
});
