import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
} from "openid-client";

/** A sign-in under way: what only the browser that began it may bring back. */
export type Pending = { state: string; nonce: string; verifier: string };

/** Somebody who is signed in at an example, as the portal told it. */
export type SignedIn = {
  subject: string;
  /** The portal's name for this sign-in, by which it says that it ended. */
  sid: string | undefined;
  /** Of the ID token, and what userinfo adds. */
  claims: Record<string, unknown>;
  idToken: string;
  refreshToken: string | undefined;
  at: Date;
  /** When the portal said that it ended. */
  endedAt?: Date;
};

export type Asked = { redirectUri: string; language: string; level?: string; again?: boolean };

/** Where a sign-in begins, and what to remember of it (OpenID Connect Core §3.1.2.1, PKCE of RFC 7636). */
export async function beginSignIn(portal: Configuration, asked: Asked): Promise<{ pending: Pending; url: URL }> {
  const pending = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(portal, {
    redirect_uri: asked.redirectUri,
    scope: "openid profile email roles",
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
    ui_locales: asked.language,
    ...(asked.level ? { acr_values: asked.level } : {}),
    ...(asked.again ? { prompt: "login" } : {}),
  });
  return { pending, url };
}

/** Exchanges the code for tokens and asks who it is. Answers the portal's word where it refused: `access_denied`. */
export async function finishSignIn(
  portal: Configuration,
  pending: Pending,
  callback: URL,
): Promise<SignedIn | { refused: string }> {
  try {
    const tokens = await authorizationCodeGrant(portal, callback, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    });
    return await readTokens(portal, tokens, tokens.claims() as IDToken);
  } catch (fault) {
    return { refused: wordOf(fault) };
  }
}

/** Asks again who it is, by the refresh token: roles that were granted since then arrive. */
export async function askAgain(portal: Configuration, known: SignedIn): Promise<SignedIn | { refused: string }> {
  try {
    const tokens = await refreshTokenGrant(portal, known.refreshToken ?? "");
    const fresh = await readTokens(portal, tokens, tokens.claims() ?? (known.claims as IDToken));
    return { ...fresh, idToken: tokens.id_token ?? known.idToken, at: known.at };
  } catch (fault) {
    return { refused: wordOf(fault) };
  }
}

type Tokens = Awaited<ReturnType<typeof authorizationCodeGrant>>;

async function readTokens(portal: Configuration, tokens: Tokens, claims: IDToken): Promise<SignedIn> {
  const told = await fetchUserInfo(portal, tokens.access_token, claims.sub);
  return {
    subject: claims.sub,
    sid: typeof claims.sid === "string" ? claims.sid : undefined,
    claims: { ...claims, ...told },
    idToken: tokens.id_token ?? "",
    refreshToken: tokens.refresh_token,
    at: new Date(),
  };
}

/** Where the portal asks what to sign out of, and leads back (OpenID Connect RP-Initiated Logout 1.0). */
export const signOutUrl = (portal: Configuration, { idToken }: SignedIn, leadingTo: string, language: string): URL =>
  buildEndSessionUrl(portal, { id_token_hint: idToken, post_logout_redirect_uri: leadingTo, ui_locales: language });

/** The portal's own word for it. What is no answer of the portal is a fault. */
export function wordOf(fault: unknown): string {
  if (fault instanceof AuthorizationResponseError || fault instanceof ResponseBodyError) return fault.error;
  throw fault;
}
