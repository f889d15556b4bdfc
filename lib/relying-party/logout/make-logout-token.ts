import type { KeyObject } from "node:crypto";
import type { Context } from "#lib/kernel/context.ts";
import { type Duration, minutes } from "#lib/kernel/time.ts";
import { uuidOfBytes } from "#lib/kernel/uuid.ts";
import { type JwtAlg, signJwt } from "../signing-keys/sign-jwt.ts";

/** OpenID Connect Back-Channel Logout 1.0 §2.4. */
export const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** The figure that §4 of it recommends: a token is made for one call, and a call lasts seconds. */
const LOGOUT_TOKEN_LIFETIME: Duration = minutes(2);

/** The key that signs now. */
export type Signer = (alg: JwtAlg) => { kid: string; privateKey: KeyObject };

export type LogoutTokenFor = {
  issuer: string;
  clientId: string;
  /** As this relying party knows them. */
  subject: string;
  relyingPartySessionId: string;
  alg: JwtAlg;
};

/** Tells a relying party, and nobody else, which of its sign-ins is over. Each is another one: it may be used once. */
export async function makeLogoutToken(ctx: Context, signer: Signer, of: LogoutTokenFor): Promise<string> {
  const now = Math.floor(ctx.now().getTime() / 1_000);
  return signJwt(signer(of.alg), of.alg, "logout+jwt", {
    iss: of.issuer,
    aud: of.clientId,
    sub: of.subject,
    sid: of.relyingPartySessionId,
    iat: now,
    exp: now + LOGOUT_TOKEN_LIFETIME / 1_000,
    jti: uuidOfBytes(ctx.random(16)),
    events: { [LOGOUT_EVENT]: {} },
  });
}
