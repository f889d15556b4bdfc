import type { Context } from "#lib/kernel/context.ts";
import { CHALLENGE_LIFETIME, issueChallenge, type ProveUse } from "./challenge.ts";
import { type PublicKeyCredentialRequestOptionsJSON, requestOptions } from "./webauthn.ts";

/**
 * What a browser needs to sign in with a passkey, as JSON for `navigator.credentials.get`. The same for everybody and
 * without a list of credentials: it tells nothing of the number that was typed.
 */
export const passkeyRequestOptions = (
  ctx: Pick<Context, "keys" | "now" | "random" | "policy">,
  use: ProveUse,
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  requestOptions({
    rpId: ctx.policy.passkeyRpId,
    challenge: issueChallenge(ctx, use),
    timeout: CHALLENGE_LIFETIME,
  });
