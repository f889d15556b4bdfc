import { bigint, boolean, index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at, citext } from "./columns.ts";
import { signInCeremony } from "./sign-in.ts";

/** A WebAuthn credential: its public half, and what its authenticator said of itself. */
export const passkey = pgTable(
  "passkey",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** base64url, as the browser gives it. One credential belongs to one account only (WebAuthn L3 §7.1 step 26). */
    credentialId: text("credential_id").notNull().unique("passkey_credential_once"),
    /** COSE key, base64url. */
    publicKey: text("public_key").notNull(),
    /** Signature counter last seen; 0 for authenticators that keep none. */
    counter: bigint("counter", { mode: "number" }).notNull(),
    /** Model of the authenticator; all zeros where it does not say. */
    aaguid: uuid("aaguid").notNull(),
    transports: text("transports").array().notNull(),
    /**
     * May be copied to other devices of its owner (backup eligible, never changes) and whether it has been (backup
     * state).
     */
    backupEligible: boolean("backup_eligible").notNull(),
    backedUp: boolean("backed_up").notNull(),
    /** Given by the owner, or the provider's name at first. */
    name: text("name").notNull(),
    createdAt: at("created_at").notNull(),
    /** "Chrome pada Windows": where it was added. */
    createdFrom: text("created_from").notNull(),
    lastUsedAt: at("last_used_at"),
  },
  (t) => [index("passkey_of_account").on(t.accountId, t.createdAt)],
);

/** Challenges that have been answered, until they would have expired anyway: each opens once. */
export const usedChallenge = pgTable(
  "used_challenge",
  {
    challenge: text("challenge").primaryKey(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [index("used_challenge_age").on(t.expiresAt)],
);

/** The authenticator app of an account; one, replaced as a whole. */
export const totpCredential = pgTable("totp_credential", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => account.id),
  id: uuid("id").notNull().unique(),
  /** Sealed; 20 random bytes in base32. */
  secretSealed: text("secret_sealed").notNull(),
  /** The last 30-second step that was accepted: none is taken twice, nor one before it. */
  lastStep: bigint("last_step", { mode: "number" }).notNull(),
  setAt: at("set_at").notNull(),
  lastUsedAt: at("last_used_at"),
});

/**
 * A secret that is shown but not confirmed yet: the one in use stays until it is. One an account; a new start replaces
 * it.
 */
export const totpEnrolment = pgTable("totp_enrolment", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => account.id),
  id: uuid("id").notNull(),
  /** The session that started it; no other may confirm. */
  sessionId: uuid("session_id").notNull(),
  secretSealed: text("secret_sealed").notNull(),
  tries: integer("tries").notNull().default(0),
  startedAt: at("started_at").notNull(),
});

/** Ten codes made together. They share one salt, so that a code typed is hashed once to find it among the ten. */
export const recoveryCodeSet = pgTable("recovery_code_set", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => account.id),
  /** 16 random bytes, base64url. */
  salt: text("salt").notNull(),
  madeAt: at("made_at").notNull(),
});

export const recoveryCode = pgTable(
  "recovery_code",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => recoveryCodeSet.accountId, { onDelete: "cascade" }),
    /** 1 to 10, as printed. */
    position: smallint("position").notNull(),
    /** argon2id in PHC form. */
    hash: text("hash").notNull(),
    usedAt: at("used_at"),
    usedFrom: text("used_from"),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.position] })],
);

/** A code mailed for one sign-in. Derived from the row when the letter is handed over; a keyed digest is kept. */
export const emailCode = pgTable(
  "email_code",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** The sign-in that asked for it: it opens no other. */
    ceremonyId: uuid("ceremony_id")
      .notNull()
      .references(() => signInCeremony.id, { onDelete: "cascade" }),
    mailbox: citext("mailbox").notNull(),
    codeDigest: text("code_digest").notNull(),
    /** Asked for from a browser the account knows; such requests have an allowance of their own. */
    knownBrowser: boolean("known_browser").notNull(),
    requestedFrom: text("requested_from").notNull(),
    createdAt: at("created_at").notNull(),
    /** Its ten minutes start here. */
    handedOverAt: at("handed_over_at"),
    /** A newer one for the same sign-in was handed over. */
    supersededAt: at("superseded_at"),
    consumedAt: at("consumed_at"),
    tries: integer("tries").notNull().default(0),
  },
  (t) => [
    index("email_code_of_ceremony").on(t.ceremonyId),
    index("email_code_of_mailbox").on(t.mailbox, t.createdAt),
    index("email_code_age").on(t.createdAt),
  ],
);

/** What the portal shows its owner before it asks for the password, in browsers they have used before. Sealed. */
export const securityPhrase = pgTable("security_phrase", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => account.id),
  phraseSealed: text("phrase_sealed").notNull(),
  setAt: at("set_at").notNull(),
});

/** A Google account that opens this one at AAL1. */
export const googleLink = pgTable("google_link", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => account.id),
  id: uuid("id").notNull().unique(),
  /** The `sub` of its tokens: it stays when the address changes. */
  subject: text("subject").notNull().unique("google_link_once"),
  /** Sealed: its address, to be shown to the owner. */
  emailSealed: text("email_sealed").notNull(),
  linkedAt: at("linked_at").notNull(),
  lastUsedAt: at("last_used_at"),
});
