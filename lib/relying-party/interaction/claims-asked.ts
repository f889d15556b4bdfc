import type { KeptInteraction } from "../provider/records/interaction-record.ts";

type Claims = Record<"id_token" | "userinfo", Record<string, unknown> | undefined>;

// The provider has read both before it kept them: what is not there by now was not asked for.
const claimsOf = (params: KeptInteraction["params"]): Partial<Claims> =>
  (typeof params.claims === "string" ? JSON.parse(params.claims) : params.claims) ?? {};

/** The single claims that a request asks for (OpenID Connect Core §5.5), by their names. */
export function claimsAsked(params: KeptInteraction["params"]): string[] {
  const { id_token, userinfo } = claimsOf(params);
  return [...new Set([...Object.keys(id_token ?? {}), ...Object.keys(userinfo ?? {})])];
}

/** Whom a request is about, by the names that the relying party knows people under; nobody in particular where empty. */
export function subjectsMeant(params: KeptInteraction["params"]): string[] {
  const claimed = (claimsOf(params).id_token?.sub as { value?: unknown } | null | undefined)?.value;
  return [subjectOfToken(params.id_token_hint), claimed].filter((subject) => typeof subject === "string");
}

/** Its signature was looked at when the request came. */
function subjectOfToken(token: string | undefined): unknown {
  const payload = token?.split(".")[1];
  return payload === undefined ? undefined : JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
}
