import { createPrivateKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { asc } from "drizzle-orm";
import { run } from "#db/named.ts";
import { signingKey } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inOrder, type KeyLife } from "./key-life.ts";
import { unsealPrivate } from "./make-signing-key.ts";

/** A key with its private part, as a JSON Web Key and as Node signs with it. */
export type SigningKey = KeyLife & { jwk: JsonWebKey & { kid: string; use: "sig" }; privateKey: KeyObject };

const lives = {
  name: "signing_key_lives",
  text: `select kid, alg, signs_from as "signsFrom", signs_until as "signsUntil", published_until as "publishedUntil"
    from signing_key order by signs_from, kid`,
};

/** When which key signs and is published: what changes about the keys, without their secrets. */
export const readLives = ({ db }: Pick<Context, "db">): Promise<KeyLife[]> => run<KeyLife>(db, lives, []);

/** Every key that is published now; of each algorithm the one that signs comes first. */
export async function readSigningKeys(ctx: Pick<Context, "db" | "keys" | "now">): Promise<SigningKey[]> {
  const rows = await ctx.db.select().from(signingKey).orderBy(asc(signingKey.signsFrom), asc(signingKey.kid));
  return inOrder(rows, ctx.now()).map(({ kid, alg, signsFrom, signsUntil, publishedUntil, privateSealed }) => {
    const jwk = JSON.parse(unsealPrivate(ctx, kid, privateSealed)) as JsonWebKey;
    return {
      ...{ kid, alg, signsFrom, signsUntil, publishedUntil },
      // An RSA key signs RS256 and PS256: it names no algorithm.
      jwk: { ...jwk, kid, use: "sig", ...(alg === "ES256" ? { alg } : {}) },
      privateKey: createPrivateKey({ key: jwk, format: "jwk" }),
    };
  });
}

/** The keys as oidc-provider takes them. */
export const keySetOf = (keys: readonly SigningKey[]): { keys: SigningKey["jwk"][] } => ({
  keys: keys.map(({ jwk }) => jwk),
});
