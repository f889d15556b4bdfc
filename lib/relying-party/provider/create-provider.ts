import type { IncomingMessage, ServerResponse } from "node:http";
import { type Configuration, errors, type JWKS, type KoaContextWithOIDC, Provider } from "oidc-provider";
import type { Context } from "#lib/kernel/context.ts";
import { APPROVAL_TYPE } from "../approval/content/read-detail.ts";
import { KEY_SET_FRESH_FOR } from "../signing-keys/key-life.ts";
import { takeAuthorizationDetails } from "./approval/approval-asked.ts";
import {
  addStatement,
  answerStatementKeys,
  grantStatements,
  STATEMENT_KEYS_PATH,
} from "./approval/approval-statement.ts";
import { CLAIMS_OF_SCOPE, claimsOf, SCOPES } from "./claims/claims.ts";
import { pairwiseSubject } from "./claims/subject.ts";
import { findClientsAmongRegistrations } from "./clients/clients.ts";
import { limitClientTries } from "./clients/limit-client-tries.ts";
import { promptsOfPortal } from "./policy.ts";
import { adapterOf, endGrant } from "./records/adapter.ts";
import { exchange, isFirstUse } from "./records/records.ts";
import { grantOfSession, takeGrantsOfRequest, takeSessionOfPortal } from "./session/portal-session.ts";
import { ACR_VALUES } from "./session/standing.ts";
import type { SignOutAsked } from "./sign-out/sign-out-request.ts";
import { during, type ThisRequest, thisRequest } from "./this-request.ts";
import { isFormOfRequest, leadToAddress } from "./wire/form-as-address.ts";
import { dressFormPost } from "./wire/form-post.ts";
import { interactionCookieOn } from "./wire/interaction-cookie.ts";
import { leadToPage } from "./wire/lead-to-page.ts";
import { refuseStrangeClaims } from "./wire/refuse-strange-claims.ts";
import { type RefusedLine, tellRefusals } from "./wire/tell-refusals.ts";

/** Where the provider answers, below the portal's origin. */
export const MOUNT = "/oidc";

/** Seconds. Code: security rules (≤ 60). Access tokens open userinfo alone; ID tokens are read once, when they come. */
const LIFETIMES = {
  AuthorizationCode: 60,
  AccessToken: 600,
  IdToken: 3_600,
  Interaction: 3_600,
} as const;

/** What is the same for everybody; a new key waits for longer than it may be kept. */
const PUBLISHED = new Set([
  "/jwks",
  "/.well-known/openid-configuration",
  "/.well-known/oauth-authorization-server",
  STATEMENT_KEYS_PATH,
]);
/** Where oidc-provider would ask and say itself what the portal's own page does. */
const NOT_OURS = /^\/session\/end\/(?:confirm|success)\/?$/;
const KEPT_BY_SYSTEMS = `public, max-age=${KEY_SET_FRESH_FOR / 1_000}`;

/** What a request to the provider went wrong with, for the page that says so. */
export type ProviderProblem = { error: string; description: string; system: string | null; state: string | null };

export type ProviderParts = {
  /** `https://kunci.agency.gov.my`; the issuer is `/oidc` below it. */
  origin: string;
  /** Private keys. Of each algorithm the first one signs; all are published. */
  jwks: JWKS;
  /** Fetches what a relying party publishes. Nothing that is private to us may be reached by it. */
  fetch: typeof globalThis.fetch;
  /** A whole page, in both languages. */
  errorPage: (problem: ProviderProblem, nonce: string) => string;
  /** Where the browser is led to be asked. A path of the portal. */
  signOutPath: (asked: SignOutAsked, ctx: Context) => string;
  fault: (fault: unknown) => void;
  /** A system, or a browser on its behalf, was told no: for whoever looks for why a system does not get in. */
  refused: (line: RefusedLine) => void;
};

export type OidcServer = {
  /** Answers what came below `/oidc`. The request's host and protocol are the portal's own by now. */
  answer: (req: IncomingMessage, res: ServerResponse, ctx: Context, sessionToken: string | null) => Promise<void>;
};

/** The only place that speaks to oidc-provider: it judges the protocol; who may, and what is kept, the portal knows. */
export function createProvider(parts: ProviderParts): OidcServer {
  const provider = new Provider(`${parts.origin}${MOUNT}`, configurationOf(parts));
  provider.proxy = true;
  takeSessionOfPortal(provider);
  takeGrantsOfRequest(provider);
  grantStatements(provider);
  findClientsAmongRegistrations(provider, (fault, clientId) =>
    parts.fault(new Error(`The registration of ${clientId} cannot be used`, { cause: fault })),
  );
  provider.ReplayDetection.unique = async (issuer, jti, exp) => {
    const { ctx } = thisRequest();
    return isFirstUse(ctx, "ReplayDetection", `${issuer}\0${jti}`, exp - Math.floor(ctx.now().getTime() / 1_000));
  };
  const limit = limitClientTries();
  provider.use(async (koa, next) => {
    const ctx = koa as KoaContextWithOIDC;
    if (NOT_OURS.test(ctx.path)) return sayUnknown(ctx, parts);
    if (limit.isPaused(ctx)) return;
    if (!(await answerStatementKeys(ctx))) await next();
    await settle(ctx);
    await addStatement(ctx);
    await limit.count(ctx);
    dressFormPost(ctx, nonceOf(ctx));
    if (ctx.status === 200 && PUBLISHED.has(ctx.path)) ctx.set("Cache-Control", KEPT_BY_SYSTEMS);
    if (ctx.status === 404 && !ctx.body) sayUnknown(ctx, parts);
  });
  provider.on("server_error", (_, fault) => parts.fault(fault));
  tellRefusals(provider, parts.refused);
  // Koa's own, for what none of its handlers caught: without a listener it is printed.
  (provider as unknown as NodeJS.EventEmitter).on("error", parts.fault);

  const callback = provider.callback();
  return {
    answer: (req, res, ctx, sessionToken) => {
      const url = req.url ?? "/";
      const below = url.slice(MOUNT.length);
      Object.assign(req, { originalUrl: url, url: below });
      const path = below.split("?", 1)[0] ?? "";
      if (isFormOfRequest(req, path)) return leadToAddress(req, res, url);
      const request: ThisRequest = { ctx, path, sessionToken, granted: new Map(), adds: [] };
      return during(request, () => callback(req, res));
    },
  };
}

/** Writes what an exchange at the token endpoint came to. Of parallel ones all but the first are refused here. */
async function settle(ctx: KoaContextWithOIDC): Promise<void> {
  const { ctx: here, consumes, adds, granted } = thisRequest();
  if (!consumes) return;
  const succeeded = ctx.status === 200;
  if (await exchange(here, consumes, succeeded ? adds : [])) return;
  for (const grantId of granted.keys()) await endGrant(grantId);
  ctx.status = 400;
  ctx.body = { error: "invalid_grant", error_description: "grant request is invalid" };
}

function sayUnknown(ctx: KoaContextWithOIDC, parts: ProviderParts): void {
  const problem = { error: "not_found", description: "there is nothing here", system: null, state: null };
  const asPage = ctx.accepts("json", "html") === "html";
  ctx.type = asPage ? "html" : "json";
  ctx.body = asPage ? parts.errorPage(problem, nonceOf(ctx)) : { error: problem.error };
  ctx.status = 404;
}

const nonceOf = (ctx: KoaContextWithOIDC): string => String(ctx.req.headers["x-nonce"] ?? "");

function configurationOf(parts: ProviderParts): Configuration {
  const secure = parts.origin.startsWith("https:");
  const cookie = { httpOnly: true, sameSite: "lax", secure, signed: false } as const;
  const prefix = secure ? "__Secure-" : "";
  const signing = ["RS256", "PS256", "ES256"] as const;
  return {
    adapter: adapterOf,
    jwks: parts.jwks,
    fetch: ((url: string, options: RequestInit) => parts.fetch(url, options)) as Configuration["fetch"],
    acrValues: [...ACR_VALUES],
    scopes: [...SCOPES],
    claims: {
      ...Object.fromEntries(Object.entries(CLAIMS_OF_SCOPE).map(([scope, of]) => [scope, [...of]])),
      sid: null,
    },
    subjectTypes: ["public", "pairwise"],
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
    enabledJWA: {
      idTokenSigningAlgValues: [...signing],
      clientAuthSigningAlgValues: [...signing, "EdDSA"],
      dPoPSigningAlgValues: [...signing, "EdDSA"],
    },
    clientDefaults: { grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] },
    enableHttpPostMethods: true,
    allowOmittingSingleRegisteredRedirectUri: false,
    cookies: {
      names: {
        session: `${prefix}kunci-oidc-session`,
        interaction: interactionCookieOn(parts.origin),
        resume: `${prefix}kunci-resume`,
      },
      // Of a session that is never kept: none is ever set. Requests by POST are taken on this condition alone.
      long: { ...cookie, sameSite: "none" },
      short: cookie,
    },
    discovery: {
      ui_locales_supported: ["ms", "en"],
      claims_locales_supported: ["ms", "en"],
      authorization_details_types_supported: [APPROVAL_TYPE],
      kunci_statement_keys_uri: `${parts.origin}${MOUNT}${STATEMENT_KEYS_PATH}`,
    },
    extraParams: { authorization_details: takeAuthorizationDetails },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true },
      claimsParameter: { enabled: true, assertClaimsParameter: refuseStrangeClaims },
      introspection: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx) => leadToSignOut(ctx, parts) },
      userinfo: { enabled: true },
      resourceIndicators: { enabled: false },
    },
    assertJwtClientAuthClaimsAndHeader: (_, claims) => refuseOtherClock(claims),
    pkce: { required: () => true },
    ttl: { ...LIFETIMES, RefreshToken: secondsOfSession, Grant: 43_200, Session: 43_200 },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    expiresWithSession: async () => false,
    loadExistingGrant: grantOfSession,
    findAccount: async (_, subject) => accountOf(subject),
    pairwiseIdentifier: async (_, subject, client) =>
      pairwiseSubject(
        personOf(subject)?.pairwiseSeed ?? subject,
        (client.sectorIdentifier as string | undefined) ?? "",
      ),
    interactions: { policy: promptsOfPortal(), url: (ctx, interaction) => leadToPage(ctx, interaction, secure) },
    renderError: (ctx, out) => {
      ctx.type = "html";
      const {
        error,
        error_description: description = "",
        state = null,
      } = out as { error?: string; error_description?: string; state?: string };
      const system = ctx.oidc?.client?.clientName ?? null;
      ctx.body = parts.errorPage({ error: error ?? "server_error", description, system, state }, nonceOf(ctx));
    },
    clockTolerance: 15,
  } as Configuration;
}

/** Whoever this request is about: the owner of the session, or of the token it brings. */
function personOf(subject: string) {
  const { signedIn, granted } = thisRequest();
  return [signedIn, ...granted.values()].find((person) => person?.subject === subject) ?? undefined;
}

function accountOf(subject: string) {
  const person = personOf(subject);
  return person && { accountId: subject, claims: () => ({ sub: subject, ...claimsOf(person) }) };
}

/** A refresh token lives as long as the portal's session may, however idle that is. */
function secondsOfSession(_: unknown, token: { grantId?: string }): number {
  const { ctx, granted } = thisRequest();
  const ends = granted.get(token.grantId ?? "")?.sessionExpiresAt ?? ctx.now();
  return Math.max(1, Math.floor((ends.getTime() - ctx.now().getTime()) / 1_000));
}

/** Seconds: clocks differ by less (FAPI 2.0 §5.3.2.1 bears 10 and refuses 60), and an assertion that lives longer is a password. */
const CLOCK_MAY_BE_AHEAD = 60;
const ASSERTION_LIVES = 3_600;

/** An assertion of the future is none, nor one that has to be remembered for days. oidc-provider has seen to the rest. */
function refuseOtherClock({ iat, exp }: { iat?: unknown; exp?: unknown }): void {
  const now = Math.floor(thisRequest().ctx.now().getTime() / 1_000);
  if (typeof iat === "number" && iat > now + CLOCK_MAY_BE_AHEAD)
    throw new errors.InvalidClientAuth("the assertion is of the future");
  if (typeof exp === "number" && exp > now + ASSERTION_LIVES + CLOCK_MAY_BE_AHEAD)
    throw new errors.InvalidClientAuth("the assertion lives too long");
}

/** Whether anybody is signed in or not: the portal's own page asks what is to end, and leads back. */
function leadToSignOut(ctx: KoaContextWithOIDC, parts: ProviderParts): void {
  const { oidc } = ctx;
  const asked: SignOutAsked = {
    clientId: oidc.client?.clientId ?? null,
    postLogoutRedirectUri: (oidc.params?.post_logout_redirect_uri as string | undefined) ?? null,
    state: (oidc.params?.state as string | undefined) ?? null,
  };
  ctx.status = 303;
  ctx.redirect(parts.signOutPath(asked, thisRequest().ctx));
}
