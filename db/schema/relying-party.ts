import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at, bytes } from "./columns.ts";

/** A system of the agency, or of somebody else, that signs people in by the portal (an OpenID Connect client). */
export const relyingParty = pgTable("relying_party", {
  id: uuid("id").primaryKey(),
  clientId: text("client_id").notNull().unique(),
  name: text("name").notNull(),
  /** A line under the name, in both languages. */
  descriptionMs: text("description_ms"),
  descriptionEn: text("description_en"),
  /** What it stands under among a person's systems; null: under none. */
  category: text("category"),
  /** Whom to call about it: a unit, a telephone number, a mailbox. */
  owner: text("owner"),
  /** Of the agency itself; people are asked before anything is told to anybody else. */
  ownedByAgency: boolean("owned_by_agency").notNull().default(true),
  redirectUris: text("redirect_uris").array().notNull(),
  postLogoutRedirectUris: text("post_logout_redirect_uris").array().notNull().default([]),
  backchannelLogoutUri: text("backchannel_logout_uri"),
  /** OpenID Connect Core §4: where a sign-in that begins at the portal is begun. */
  initiateLoginUri: text("initiate_login_uri"),
  /** Where people find it, where a sign-in cannot begin at the portal. */
  startUri: text("start_uri"),
  /** `Aal` of the assurance room. */
  minimumLevel: text("minimum_level", { enum: ["aal1", "aal2", "aal2-phr"] })
    .notNull()
    .default("aal1"),
  /** Whoever is on the agency's staff may open it; else a role of it is needed. */
  openToAll: boolean("open_to_all").notNull().default(false),
  subjectType: text("subject_type", { enum: ["public", "pairwise"] })
    .notNull()
    .default("public"),
  authMethod: text("auth_method", { enum: ["client_secret_basic", "client_secret_post", "private_key_jwt"] })
    .notNull()
    .default("client_secret_basic"),
  /** Public keys of `private_key_jwt`: a JSON Web Key Set, or where one is. */
  jwks: jsonb("jwks"),
  jwksUri: text("jwks_uri"),
  idTokenAlg: text("id_token_alg", { enum: ["RS256", "PS256", "ES256"] })
    .notNull()
    .default("RS256"),
  parRequired: boolean("par_required").notNull().default(false),
  dpopBound: boolean("dpop_bound").notNull().default(false),
  /** A PNG. */
  logo: bytes("logo"),
  disabledAt: at("disabled_at"),
  createdAt: at("created_at").notNull(),
  /** One more with each change by an administrator. */
  version: integer("version").notNull().default(1),
});

/** A secret of a relying party; of two that overlap the older one ends at a set time. */
export const relyingPartySecret = pgTable(
  "relying_party_secret",
  {
    id: uuid("id").primaryKey(),
    relyingPartyId: uuid("relying_party_id")
      .notNull()
      .references(() => relyingParty.id),
    digest: text("digest").notNull().unique(),
    createdAt: at("created_at").notNull(),
    /** From this moment it opens nothing; null until it is replaced. */
    expiresAt: at("expires_at"),
  },
  (t) => [index("relying_party_secret_of").on(t.relyingPartyId)],
);

/** A role, or module, that a relying party declares: what somebody may do in it. */
export const relyingPartyRole = pgTable(
  "relying_party_role",
  {
    id: uuid("id").primaryKey(),
    relyingPartyId: uuid("relying_party_id")
      .notNull()
      .references(() => relyingParty.id),
    key: text("key").notNull(),
    nameMs: text("name_ms").notNull(),
    nameEn: text("name_en").notNull(),
    /** Granted to nobody any more, and gives whoever holds it nothing. */
    retiredAt: at("retired_at"),
  },
  (t) => [unique("relying_party_role_key").on(t.relyingPartyId, t.key)],
);

/** A role of a relying party that somebody holds, from a day and until another. One that ended stays, with when. */
export const relyingPartyRoleGrant = pgTable(
  "relying_party_role_grant",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    roleId: uuid("role_id")
      .notNull()
      .references(() => relyingPartyRole.id),
    fromAt: at("from_at").notNull(),
    /** From this moment it gives nothing any more; null where no end is set. */
    untilAt: at("until_at"),
    /** Null where an operator, or the demonstration, granted it. */
    grantedBy: uuid("granted_by").references(() => account.id),
    grantedAt: at("granted_at").notNull(),
    endedAt: at("ended_at"),
    endedBy: uuid("ended_by").references(() => account.id),
  },
  (t) => [
    uniqueIndex("relying_party_role_grant_once").on(t.accountId, t.roleId).where(sql`${t.endedAt} is null`),
    index("relying_party_role_grant_age").on(t.endedAt).where(sql`${t.endedAt} is not null`),
    index("relying_party_role_grant_of_role").on(t.roleId).where(sql`${t.endedAt} is null`),
  ],
);

/** Somebody asks their office for a relying party that they may not open. */
export const accessRequest = pgTable(
  "access_request",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    relyingPartyId: uuid("relying_party_id")
      .notNull()
      .references(() => relyingParty.id),
    /** What for, in the person's own words; sealed. */
    noteSealed: text("note_sealed"),
    requestedAt: at("requested_at").notNull(),
    state: text("state", { enum: ["open", "granted", "refused", "withdrawn"] })
      .notNull()
      .default("open"),
    decidedAt: at("decided_at"),
    decidedBy: uuid("decided_by").references(() => account.id),
    /** What the person is told of a refusal; sealed. */
    refusalSealed: text("refusal_sealed"),
  },
  (t) => [
    uniqueIndex("access_request_once").on(t.accountId, t.relyingPartyId).where(sql`${t.state} = 'open'`),
    index("access_request_open").on(t.requestedAt).where(sql`${t.state} = 'open'`),
    index("access_request_age").on(t.decidedAt).where(sql`${t.decidedAt} is not null`),
    index("access_request_of_account").on(t.accountId, t.requestedAt),
  ],
);

/** What somebody agreed that a relying party of others is told. */
export const consent = pgTable(
  "consent",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    relyingPartyId: uuid("relying_party_id")
      .notNull()
      .references(() => relyingParty.id),
    scopes: text("scopes").array().notNull(),
    givenAt: at("given_at").notNull(),
    withdrawnAt: at("withdrawn_at"),
  },
  (t) => [
    uniqueIndex("consent_once").on(t.accountId, t.relyingPartyId).where(sql`${t.withdrawnAt} is null`),
    index("consent_age").on(t.withdrawnAt).where(sql`${t.withdrawnAt} is not null`),
  ],
);

/**
 * Somebody signed in to a relying party from a session of the portal: the grant that its codes and tokens hang on, and
 * the `sid` of its ID tokens. It ends with the session, and every token of it.
 */
export const relyingPartySession = pgTable(
  "relying_party_session",
  {
    id: uuid("id").primaryKey(),
    /** Of the portal. No reference: sessions are discarded earlier. */
    sessionId: uuid("session_id").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    relyingPartyId: uuid("relying_party_id")
      .notNull()
      .references(() => relyingParty.id),
    scopes: text("scopes").array().notNull(),
    /** Single claims that were asked for (OpenID Connect Core §5.5), as the grant has them. */
    claims: jsonb("claims"),
    startedAt: at("started_at").notNull(),
    lastUsedAt: at("last_used_at").notNull(),
    endedAt: at("ended_at"),
    endedWhy: text("ended_why"),
    /** From when the relying party is to be told that it ended; null: it is not owed that, or was told. */
    logoutDueAt: at("logout_due_at"),
    logoutTries: integer("logout_tries").notNull().default(0),
    /** When it said that it knows, or (with `logoutFailure`) when telling it was given up. */
    logoutSettledAt: at("logout_settled_at"),
    logoutFailure: text("logout_failure"),
  },
  (t) => [
    uniqueIndex("relying_party_session_once").on(t.sessionId, t.relyingPartyId).where(sql`${t.endedAt} is null`),
    index("relying_party_session_of_account").on(t.accountId, t.relyingPartyId, t.lastUsedAt),
    index("relying_party_session_open").on(t.relyingPartyId).where(sql`${t.endedAt} is null`),
    index("relying_party_session_age").on(t.endedAt).where(sql`${t.endedAt} is not null`),
    index("relying_party_session_due").on(t.logoutDueAt).where(sql`${t.logoutDueAt} is not null`),
  ],
);

/**
 * What the provider keeps for a while: codes, tokens, interactions, pushed requests, used assertions. Found by a digest of
 * its secret; the rest is sealed.
 */
export const oidcRecord = pgTable(
  "oidc_record",
  {
    model: text("model").notNull(),
    idDigest: text("id_digest").notNull(),
    payloadSealed: text("payload_sealed").notNull(),
    /** The relying party session it hangs on. */
    grantId: uuid("grant_id"),
    consumedAt: at("consumed_at"),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.model, t.idDigest] }),
    index("oidc_record_of_grant").on(t.grantId),
    index("oidc_record_expires").on(t.expiresAt),
  ],
);

/** A key that signs ID tokens: published before it signs, and for a while after it has stopped. */
export const signingKey = pgTable("signing_key", {
  /** Key id, as in the key set. */
  kid: text("kid").primaryKey(),
  alg: text("alg", { enum: ["RS256", "ES256"] }).notNull(),
  publicJwk: jsonb("public_jwk").notNull(),
  /** The private JSON Web Key; sealed. */
  privateSealed: text("private_sealed").notNull(),
  createdAt: at("created_at").notNull(),
  signsFrom: at("signs_from").notNull(),
  /** Null while no younger one has taken its place. */
  signsUntil: at("signs_until"),
  /** Leaves the key set; null while it may be needed. */
  publishedUntil: at("published_until"),
});
