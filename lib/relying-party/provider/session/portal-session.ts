import type { KoaContextWithOIDC, Provider, Session } from "oidc-provider";
import { ownDemand } from "#lib/assurance/policy.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { knownScopes, scopesOfClaims } from "../claims/claims.ts";
import { registrationOf } from "../clients/registrations.ts";
import { findInteraction } from "../records/interaction-record.ts";
import { thisRequest } from "../this-request.ts";
import { findSignedIn } from "./find-signed-in.ts";
import { demandOf, standingOf } from "./standing.ts";

/** The one id of every session here: whose it is, each request finds out by the portal's own cookie. */
const PORTAL = "portal";
const NOBODY = "nobody";

/**
 * Puts the portal's session in the place of oidc-provider's own, which is kept nowhere and has no cookie: whoever is signed in
 * to the portal is signed in here, and whoever is not, is not.
 */
export function takeSessionOfPortal(provider: Provider): void {
  provider.Session.get = async (koa) => {
    const ctx = koa as KoaContextWithOIDC;
    const request = thisRequest();
    const uid = ctx.oidc.route === "resume" ? ctx.cookies.get(provider.cookieName("resume")) : undefined;
    const resumed = uid === undefined ? null : await findInteraction(request.ctx, uid);
    if (resumed) request.interaction = resumed;
    const clientId = request.interaction?.params.client_id ?? ctx.query.client_id;
    request.signedIn = request.sessionToken
      ? await findSignedIn(
          request.ctx,
          request.sessionToken,
          registrationOf(String(clientId))?.clientId ?? "",
          ctx.query.prompt !== "none",
        )
      : null;
    // Whoever is to be signed out is asked by a page, signed in or not.
    const accountId = request.signedIn?.subject ?? (ctx.oidc.route === "end_session" ? NOBODY : undefined);
    const { instantiate } = provider.Session as unknown as { instantiate: (payload: object) => Session };
    const session = instantiate.call(provider.Session, {
      jti: PORTAL,
      uid: PORTAL,
      ...(accountId ? { accountId } : {}),
    });
    // As one that is new and untouched, it is neither saved nor given a cookie.
    Object.defineProperties(session, { new: { value: true }, touched: { value: false } });
    ctx.oidc.entity("Session", session);
    return session;
  };
}

/**
 * The grant of a request by somebody who is signed in: the sign-in at the relying party that is open, or one that begins with
 * the code. Computes where they stand, and gives the session what its proofs reach.
 */
export async function grantOfSession(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx;
  const request = thisRequest();
  const { client } = oidc;
  const registration = client && registrationOf(client.clientId);
  if (!client || !registration) return undefined;
  // A form that was posted named its relying party where nobody had read it yet.
  if (request.signedIn && request.signedIn.relyingPartyId !== registration.id && request.sessionToken)
    request.signedIn = await findSignedIn(request.ctx, request.sessionToken, client.clientId);
  const { signedIn } = request;
  if (!signedIn) return undefined;

  const params = (oidc.params ?? {}) as Parameters<typeof demandOf>[0];
  request.standing = standingOf(
    signedIn.proofs,
    demandOf(params, {
      minimum: registration.minimumLevel,
      own: ownDemand(signedIn, request.ctx.policy),
      askedAt: request.interaction?.startedAt ?? request.ctx.now(),
    }),
  );
  if (request.standing.enough) {
    const { acr, amr, authTime } = request.standing;
    Object.assign(oidc.session as Session, { acr, amr, loginTs: authTime });
  }

  // Of the sign-in that begins where none is open when the code is written; one that is open by now may have ended by then.
  const grantId = uuidv7(request.ctx.now(), request.ctx.random);
  const asked = [
    ...new Set([...knownScopes(oidc.params?.scope as string), ...scopesOfClaims(oidc.requestParamClaims)]),
  ];
  const scopes = [...new Set([...(signedIn.scopes ?? []), ...asked])];
  const claims = [...new Set([...(signedIn.claims ?? []), ...oidc.requestParamClaims])];
  request.grant = { grantId, asked, scopes, claims };
  return grantOf(oidc.provider, { grantId, subject: signedIn.subject, clientId: client.clientId, scopes, claims });
}

/** A grant as oidc-provider has it, of a sign-in at a relying party. */
function grantOf(
  provider: Provider,
  of: {
    grantId: string;
    subject: string;
    clientId: string;
    scopes: readonly string[];
    claims: readonly string[] | null;
  },
) {
  const grant = new provider.Grant({ accountId: of.subject, clientId: of.clientId });
  grant.jti = of.grantId;
  grant.addOIDCScope(of.scopes.join(" "));
  grant.addOIDCClaims([...(of.claims ?? [])]);
  return grant;
}

/** Grants are the open sign-ins at relying parties, and those a token of this request hangs on have been found with it. */
export function takeGrantsOfRequest(provider: Provider): void {
  provider.Grant.find = (async (grantId: string) => {
    const found = thisRequest().granted.get(grantId);
    return found && grantOf(provider, found);
  }) as typeof provider.Grant.find;
}
