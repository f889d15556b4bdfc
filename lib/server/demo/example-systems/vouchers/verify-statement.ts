import { createHash } from "node:crypto";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import type { AskedDetail } from "./vouchers.ts";

/** What a statement has to be of. `keys`: the portal's statement keys, as they were kept beside the vouchers. */
export type Expected = { issuer: string; clientId: string; asked: AskedDetail; keys: JSONWebKeySet };

export type Said = JWTPayload & { decision?: unknown; content?: unknown; role?: unknown; digest?: { value?: unknown } };

/** `why`: the library's own code, or `content`: it is a statement, and of something else. */
export type Verdict = { ok: true; said: Said } | { ok: false; why: string };

/** Canonical JSON (RFC 8785) of what a statement holds: texts and objects. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = value as Record<string, unknown>;
  const named = Object.keys(members)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`);
  return `{${named.join(",")}}`;
}

/**
 * Verifies a statement with no help of the portal but its public keys: signature, kind, who it is from and for (jose, a
 * library that knows nothing of the portal), and that it is of the very object that was pushed.
 */
export async function verifyStatement(statement: string, expected: Expected): Promise<Verdict> {
  const { issuer, clientId, asked, keys } = expected;
  try {
    const { payload } = await jwtVerify<Said>(statement, createLocalJWKSet(keys), {
      issuer,
      audience: clientId,
      typ: "kunci-approval+jwt",
      algorithms: ["ES256"],
      requiredClaims: ["sub", "jti", "iat", "decision"],
    });
    const wanted = canonical(asked);
    const digest = createHash("sha256").update(wanted).digest("base64url");
    const isOfThis = payload.digest?.value === digest && canonical(payload.content) === wanted;
    return isOfThis ? { ok: true, said: payload } : { ok: false, why: "content" };
  } catch (fault) {
    if (fault instanceof errors.JOSEError) return { ok: false, why: fault.code };
    throw fault;
  }
}
