import { createPrivateKey, type KeyObject } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { statementKey } from "#db/schema/approval.ts";
import { signingKey } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { signerAt } from "../../signing-keys/key-life.ts";
import { unsealPrivate } from "../../signing-keys/make-signing-key.ts";
import { publicHalf } from "../../signing-keys/public-half.ts";
import { signJwt } from "../../signing-keys/sign-jwt.ts";
import type { Detail } from "../content/read-detail.ts";

/** `typ` of a statement (RFC 8725 §3.11): no other token of ours is taken for one, nor one for another. */
export const STATEMENT_TYP = "kunci-approval+jwt";

/** What a statement says. Times are in seconds since 1970. */
export type Statement = {
  iss: string;
  /** The system's client id. */
  aud: string;
  /** Whoever decided, by the name under which that system knows them. */
  sub: string;
  /** Id of the approval. */
  jti: string;
  /** When it was decided. */
  iat: number;
  decision: "approved" | "refused";
  /** Over the canonical JSON (RFC 8785) of `content`. */
  digest: { alg: "sha-256"; value: string };
  content: Detail;
  role: string;
  /** Where the system asked for the profile. */
  name?: string;
  auth_time: number;
  acr: string;
  amr: readonly string[];
  /** Of a refusal, in the person's own words. */
  reason?: string;
};

/** Signs a statement with the key that signs ID tokens at this moment, and keeps that key's public half for good. */
export async function makeStatement(
  tx: Tx,
  ctx: Pick<Context, "keys" | "now">,
  statement: Statement,
): Promise<{ jws: string; kid: string }> {
  const { kid, publicJwk, privateKey } = await signerNow(tx, ctx);
  const jws = await signJwt({ kid, privateKey }, "ES256", STATEMENT_TYP, statement);
  await tx.insert(statementKey).values({ kid, publicJwk, firstSignedAt: ctx.now() }).onConflictDoNothing();
  return { jws, kid };
}

type Signer = { kid: string; publicJwk: object; privateKey: KeyObject };

/** The key that signs ES256 now, read in the transaction: a process may not have heard yet that one was withdrawn. */
async function signerNow(tx: Tx, ctx: Pick<Context, "keys" | "now">): Promise<Signer> {
  const keys = await tx.select().from(signingKey).where(eq(signingKey.alg, "ES256"));
  const key = signerAt(keys, "ES256", ctx.now());
  if (!key) throw new Error("There is no key that signs ES256");
  const jwk = JSON.parse(unsealPrivate(ctx, key.kid, key.privateSealed));
  return {
    kid: key.kid,
    publicJwk: publicHalf(key.publicJwk as Record<string, unknown>, key.kid),
    privateKey: createPrivateKey({ key: jwk, format: "jwk" }),
  };
}
