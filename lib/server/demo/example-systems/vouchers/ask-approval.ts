import {
  authorizationCodeGrant,
  buildAuthorizationUrlWithPAR,
  type Configuration,
  calculatePKCECodeChallenge,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { ExampleClient } from "../follow-issuer.ts";
import { type Pending, wordOf } from "../sign-in.ts";
import type { AskedDetail } from "./vouchers.ts";

type Fetching = (url: string, init: object) => Promise<Response>;

/**
 * Pushes what is to be approved (RFC 9126, RFC 9396), and answers where the browser goes: only the portal's own name of it
 * stands in that address. `over`: it was decided, or ran out; it has to be asked anew.
 */
export async function beginApproval(
  portal: Configuration,
  asked: { redirectUri: string; language: string; detail: AskedDetail },
): Promise<{ pending: Pending; url: URL } | "over"> {
  const pending = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  try {
    const url = await buildAuthorizationUrlWithPAR(portal, {
      redirect_uri: asked.redirectUri,
      scope: "openid profile email roles",
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: "S256",
      ui_locales: asked.language,
      authorization_details: JSON.stringify([asked.detail]),
    });
    return { pending, url };
  } catch (fault) {
    if (fault instanceof ResponseBodyError && fault.error === "invalid_authorization_details") return "over";
    throw fault;
  }
}

/** The statement that came with the tokens; or the portal's word where it refused: `access_denied`. */
export async function finishApproval(
  portal: Configuration,
  pending: Pending,
  callback: URL,
): Promise<{ statement: string } | { refused: string }> {
  try {
    const tokens = await authorizationCodeGrant(portal, callback, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    });
    const [detail] = (tokens.authorization_details ?? []) as unknown as { statement?: string }[];
    return detail?.statement ? { statement: detail.statement } : { refused: "no_statement" };
  } catch (fault) {
    return { refused: wordOf(fault) };
  }
}

/**
 * Fetches the statement of a request by its own identifier, of a refusal too, or when the browser never came back. Null
 * where nobody has decided.
 */
export async function fetchStatement(
  portal: Configuration,
  fetching: Fetching,
  client: ExampleClient,
  identifier: string,
): Promise<string | null> {
  const secret = Buffer.from(`${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.clientSecret)}`);
  const answer = await fetching(portal.serverMetadata().token_endpoint ?? "", {
    method: "POST",
    headers: {
      authorization: `Basic ${secret.toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "urn:kunci:grant-type:approval-statement", identifier }).toString(),
  });
  if (!answer.ok) return null;
  const { access_token: statement } = (await answer.json()) as { access_token?: unknown };
  return typeof statement === "string" ? statement : null;
}
