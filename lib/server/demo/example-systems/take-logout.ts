import { createRemoteJWKSet, customFetch, type FetchImplementation, jwtVerify } from "jose";
import type { Configuration } from "openid-client";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

/** Whose sign-ins end: one of them, or all of somebody. */
export type LogoutToken = { sid: string | undefined; subject: string | undefined };
export type ReadLogoutToken = (token: string) => Promise<LogoutToken | "not_valid">;

/** Reads logout tokens by the portal's published keys (OpenID Connect Back-Channel Logout 1.0 §2.6). */
export function logoutTokensOf(
  portal: Configuration,
  clientId: string,
  fetching: FetchImplementation,
): ReadLogoutToken {
  const { issuer, jwks_uri } = portal.serverMetadata();
  const keys = createRemoteJWKSet(new URL(jwks_uri ?? ""), { [customFetch]: fetching });
  return async (token) => {
    const verified = await jwtVerify(token, keys, { issuer, audience: clientId, maxTokenAge: "3 minutes" }).catch(
      () => undefined,
    );
    if (!verified) return "not_valid";
    const { sid, sub, nonce, events, jti } = verified.payload;
    const isLogout = typeof events === "object" && events !== null && EVENT in events;
    // With a nonce it would be an ID token that somebody passes off as this.
    if (!isLogout || nonce !== undefined || typeof jti !== "string" || (sub ?? sid) === undefined) return "not_valid";
    return { sid: typeof sid === "string" ? sid : undefined, subject: sub };
  };
}
