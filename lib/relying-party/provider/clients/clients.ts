import { timingSafeEqual } from "node:crypto";
import type { Client, ClientMetadata, Provider } from "oidc-provider";
import { digest } from "#lib/kernel/digest.ts";
import { STATEMENT_GRANT } from "../approval/approval-statement.ts";
import { SCOPES } from "../claims/claims.ts";
import { thisRequest } from "../this-request.ts";
import { lookForRegistration, type Registration, registrationOf } from "./registrations.ts";

/** Nobody's secret: oidc-provider wants one where a method takes one, and ours lie as digests. */
const NO_SECRET = "kept-as-a-digest-and-never-compared-with-this";

/**
 * A registration in the words of OpenID Connect Dynamic Client Registration 1.0 §2. Where a sign-in begins is the portal's to
 * know alone: oidc-provider would not take one on loopback, as the demonstration has them.
 */
const metadataOf = (of: Registration): ClientMetadata => ({
  client_id: of.clientId,
  client_name: of.name,
  ...(of.authMethod === "private_key_jwt" ? {} : { client_secret: NO_SECRET }),
  application_type: "web",
  redirect_uris: of.redirectUris,
  post_logout_redirect_uris: of.postLogoutRedirectUris,
  ...(of.backchannelLogoutUri === null ? {} : { backchannel_logout_uri: of.backchannelLogoutUri }),
  backchannel_logout_session_required: true,
  grant_types: ["authorization_code", "refresh_token", STATEMENT_GRANT],
  response_types: ["code"],
  scope: SCOPES.join(" "),
  subject_type: of.subjectType,
  token_endpoint_auth_method: of.authMethod,
  ...(of.jwks === null ? {} : { jwks: of.jwks as NonNullable<ClientMetadata["jwks"]> }),
  ...(of.jwksUri === null ? {} : { jwks_uri: of.jwksUri }),
  id_token_signed_response_alg: of.idTokenAlg,
  require_pushed_authorization_requests: of.parRequired,
  dpop_bound_access_tokens: of.dpopBound,
});

/** Whether a secret that was brought is one of a registration's, of which several may overlap for a while. */
function isSecretOf(of: Registration, brought: unknown, now: Date): boolean {
  const given = Buffer.from(digest(String(brought)));
  return of.secrets.some(({ digest: kept, expiresAt }) => {
    const known = Buffer.from(kept);
    const isIt = known.length === given.length && timingSafeEqual(known, given);
    return isIt && (expiresAt === null || new Date(expiresAt) > now);
  });
}

/**
 * Lets a provider find its clients among the registrations. Each is made once, with its key set; one that oidc-provider
 * does not take is as unknown, and said to `refused`.
 */
export function findClientsAmongRegistrations(
  provider: Provider,
  refused: (fault: unknown, clientId: string) => void,
): void {
  const made = new WeakMap<Registration, Client | null>();
  const make = (of: Registration): Client | null => {
    try {
      const client = new (provider.Client as unknown as new (metadata: ClientMetadata) => Client)(metadataOf(of));
      return Object.assign(client, {
        compareClientSecret: async (brought: unknown) => {
          const { ctx } = thisRequest();
          if (isSecretOf(of, brought, ctx.now())) return true;
          await lookForRegistration(ctx);
          const now = registrationOf(of.clientId);
          return now !== undefined && isSecretOf(now, brought, ctx.now());
        },
        // Every ID token says which sign-in it belongs to, so that a sign-out can name it.
        includeSid: () => true,
      });
    } catch (fault) {
      refused(fault, of.clientId);
      return null;
    }
  };
  provider.Client.find = async (clientId: string) => {
    if (!registrationOf(clientId)) await lookForRegistration(thisRequest().ctx);
    const registration = registrationOf(clientId);
    if (!registration) return undefined;
    const known = made.get(registration) ?? make(registration);
    made.set(registration, known);
    return known ?? undefined;
  };
}
