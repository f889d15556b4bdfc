import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, citext, plainText } from "./columns.ts";
import { office } from "./office.ts";

export const accountStatuses = [
  "pre_registered",
  "registered",
  "email_verified",
  "presence_verified",
  "activated",
  "locked",
  "suspended",
  "closed",
] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/**
 * One person's account. The identity number is sealed; `identityIndex` finds it. A closed account frees both of its
 * unique values.
 */
export const account = pgTable(
  "account",
  {
    id: uuid("id").primaryKey(),
    status: text("status", { enum: accountStatuses }).notNull(),
    /** Where a suspended account returns to. */
    suspendedFrom: text("suspended_from", { enum: accountStatuses }),
    identityType: text("identity_type", { enum: ["mykad", "passport"] }).notNull(),
    identitySealed: text("identity_sealed").notNull(),
    identityIndex: text("identity_index").notNull(),
    /** While the lookup key is replaced: the same under the former one, so that neither finds two people. */
    identityIndexFormer: text("identity_index_former"),
    fullName: text("full_name").notNull(),
    officialEmail: citext("official_email").notNull(),
    officialEmailVerifiedAt: at("official_email_verified_at"),
    /** A second address for notices. It opens nothing: no link that leads to a new password goes there. */
    personalEmail: citext("personal_email"),
    personalEmailVerifiedAt: at("personal_email_verified_at"),
    /** Sealed: E.164 (`+60123456789`). */
    mobileSealed: text("mobile_sealed"),
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
    /** Language of the letters; null until the person has chosen. */
    language: text("language", { enum: ["ms", "en"] }),
    /** Pre-registered people may activate from this moment. */
    opensAt: at("opens_at"),
    /** When the office confirmed that the person is on its staff (import, or the SA). */
    staffConfirmedAt: at("staff_confirmed_at"),
    createdAt: at("created_at").notNull(),
    /** When the person registered; null for people the agency registered. Only a self-registration lapses. */
    selfRegisteredAt: at("self_registered_at"),
    activatedAt: at("activated_at"),
    closedAt: at("closed_at"),
    /**
     * Two factors at every sign-in: on since the first passkey or authenticator app, until the owner switches it off.
     */
    asksTwoFactors: boolean("asks_two_factors").notNull().default(false),
    /** Whether codes to the official mailbox may prove anything. */
    emailCodeOn: boolean("email_code_on").notNull().default(true),
    /**
     * WebAuthn user handle: 32 random bytes, base64url, made with the first passkey (L3 §14.6.1: nothing that tells who
     * it is).
     */
    userHandle: text("user_handle").unique("account_user_handle"),
    /** When setting up a second factor was last put off. */
    offerPutOffAt: at("offer_put_off_at"),
    /** When access was last recovered by mail or answers: the official mailbox does not change for a while after it. */
    recoveredAt: at("recovered_at"),
    lastSignInAt: at("last_sign_in_at"),
    /** How relying parties know the person: random, and nothing else is made of it. */
    subject: uuid("subject").notNull().defaultRandom().unique("account_subject"),
    /** Of it the subjects are made that differ by relying party; never told to anybody. */
    pairwiseSeed: uuid("pairwise_seed").notNull().defaultRandom(),
    /** On the staff register since then, by an import that named them; null: not on it. */
    listedAt: at("listed_at"),
    /** The register names them no longer, since then. */
    delistedAt: at("delisted_at"),
    /**
     * Name and mailbox as officers search and order them: " ahmad teladan contoh ahmad teladan". The functions are in the
     * migration that added it, and `searchFold` does the same to what is typed.
     */
    searchText: plainText("search_text")
      .notNull()
      .generatedAlwaysAs(sql`account_search_text(full_name, official_email::text)`),
  },
  (t) => [
    uniqueIndex("account_one_per_identity").on(t.identityIndex).where(sql`${t.status} <> 'closed'`),
    // Written under one key or under two, one person is one account.
    uniqueIndex("account_one_per_former_identity")
      .on(sql`coalesce(${t.identityIndexFormer}, ${t.identityIndex})`)
      .where(sql`${t.status} <> 'closed'`),
    uniqueIndex("account_one_per_mailbox").on(t.officialEmail).where(sql`${t.status} <> 'closed'`),
    // Whom an office has still to confirm: few at a time.
    index("account_awaiting_office")
      .on(t.createdAt, t.id)
      .where(sql`${t.staffConfirmedAt} is null and ${t.status} <> 'closed'`),
    index("account_lapsing")
      .on(t.selfRegisteredAt)
      .where(sql`${t.status} in ('registered', 'email_verified', 'presence_verified')`),
    index("account_search").using("gin", sql`${t.searchText} gin_trgm_ops`),
    // Office and status come along so that a list in the order of names is read from the index alone.
    index("account_by_name").on(t.searchText, t.id, t.officeId, t.status),
    index("account_by_creation").on(t.createdAt, t.id),
    index("account_by_last_sign_in").on(sql`coalesce(${t.lastSignInAt}, '-infinity'::timestamptz)`, t.id),
    // Those of one state: whoever never signed in stands together at one end, far from where the others are read.
    index("account_by_status_and_sign_in").on(
      t.status,
      sql`coalesce(${t.lastSignInAt}, '-infinity'::timestamptz)`,
      t.id,
    ),
    index("account_by_status").on(t.status, t.createdAt, t.id),
    index("account_of_office").on(t.officeId, t.status),
    // Who has left, as the staff register says: few at a time.
    index("account_delisted").on(t.officeId).where(sql`${t.delistedAt} is not null`),
    // Whose closing is long ago, and who are not anonymous yet (`anonymise-closed.ts`).
    index("account_closed_age")
      .on(t.closedAt)
      .where(sql`${t.status} = 'closed' and not starts_with(${t.identityIndex}, 'anonymous:')`),
    index("account_closed_identity").on(t.identityIndex).where(sql`${t.status} = 'closed'`),
  ],
);

/** How many accounts each office has in each state, counted by a job: counting a million takes seconds. */
export const accountCount = pgTable(
  "account_count",
  {
    officeId: uuid("office_id")
      .notNull()
      .references(() => office.id),
    status: text("status", { enum: accountStatuses }).notNull(),
    count: integer("count").notNull(),
    countedAt: at("counted_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.officeId, t.status] })],
);

/**
 * A mailed activation link and its typed code. Both are derived from the row when the letter is handed over; only
 * digests are kept.
 */
export const activationLink = pgTable(
  "activation_link",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** The address it was issued for. */
    mailbox: citext("mailbox").notNull(),
    tokenDigest: text("token_digest").notNull().unique(),
    codeDigest: text("code_digest").notNull(),
    /**
     * Asked for from a browser the account knows; such requests have an allowance of their own. Null: by an officer, who
     * has a third.
     */
    knownBrowser: boolean("known_browser"),
    /**
     * The officer who saw its person and their document, and put it into their hands: it was never mailed, and proves no
     * mailbox. Null: mailed.
     */
    seenBy: uuid("seen_by").references(() => account.id),
    /** "Chrome pada Windows", for the letter. */
    requestedFrom: text("requested_from").notNull(),
    createdAt: at("created_at").notNull(),
    /** The 30 minutes start here. */
    handedOverAt: at("handed_over_at"),
    /** A newer link was handed over. */
    supersededAt: at("superseded_at"),
    consumedAt: at("consumed_at"),
    identityTries: integer("identity_tries").notNull().default(0),
    codeTries: integer("code_tries").notNull().default(0),
  },
  (t) => [
    index("activation_link_of_account").on(t.accountId, t.createdAt),
    index("activation_link_of_mailbox").on(t.mailbox, t.createdAt),
    index("activation_link_age").on(t.createdAt),
  ],
);

/** The 30 minutes a person has, in one browser, after confirming the link. */
export const activationCeremony = pgTable(
  "activation_ceremony",
  {
    id: uuid("id").primaryKey(),
    linkId: uuid("link_id")
      .notNull()
      .references(() => activationLink.id),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    tokenDigest: text("token_digest").notNull().unique(),
    startedAt: at("started_at").notNull(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [index("activation_ceremony_age").on(t.expiresAt)],
);
