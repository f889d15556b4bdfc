import type { SignedIn } from "./new-world.ts";
import { type OidcAtWork, REDIRECT_URI, type System } from "./oidc-at-work.ts";

type Said = { status: unknown; [more: string]: unknown };

/** For tests: what a system sends by itself, as plain requests, so that it can be wrong in any way; `of` is who says so. */
export function tokenRequests(at: OidcAtWork, system: () => System, browser: () => SignedIn) {
  const basic = (of: System) => ({
    authorization: `Basic ${Buffer.from(`${of.clientId}:${of.clientSecret}`).toString("base64")}`,
  });
  async function post(path: string, form: Record<string, string>, of = system()): Promise<Said> {
    const answer = await at.ask(`/oidc${path}`, { form, headers: { accept: "application/json", ...basic(of) } });
    return { ...(JSON.parse(answer.body || "{}") as Record<string, unknown>), status: answer.status };
  }
  const exchange = (code: string, verifier: string, more: Record<string, string> = {}, of?: System) =>
    post(
      "/token",
      { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: REDIRECT_URI, ...more },
      of,
    );
  const aCode = async () => {
    const { code, checks } = await at.code(system(), browser());
    return { code: code ?? "", verifier: checks.pkceCodeVerifier };
  };
  return {
    post,
    exchange,
    refresh: (token: unknown, of?: System) =>
      post("/token", { grant_type: "refresh_token", refresh_token: String(token) }, of),
    introspect: (token: unknown, of?: System) => post("/token/introspection", { token: String(token) }, of),
    revoke: (token: unknown, of?: System) => post("/token/revocation", { token: String(token) }, of),
    /** The status of userinfo. */
    userinfo: async (token: unknown): Promise<number> =>
      (await at.ask("/oidc/me", { headers: { authorization: `Bearer ${token}`, accept: "application/json" } })).status,
    aCode,
    tokens: async (): Promise<Said> => {
      const { code, verifier } = await aCode();
      return exchange(code, verifier);
    },
  };
}
