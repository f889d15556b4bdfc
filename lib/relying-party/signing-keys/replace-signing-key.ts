import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { signingKey } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after } from "#lib/kernel/time.ts";
import { PUBLISHED_AFTER, type SigningAlg } from "./key-life.ts";
import { makeSigningKey } from "./make-signing-key.ts";

export type Replaced = { kid: string; alg: SigningAlg; signsFrom: Date };

/** Makes a key that signs from a moment on, until when the present one does. The keys must be held. */
export async function replaceSigningKey(tx: Tx, ctx: Context, alg: SigningAlg, from: Date): Promise<Replaced> {
  const made = await makeSigningKey(ctx, alg, from);
  await tx
    .update(signingKey)
    .set({ signsUntil: from, publishedUntil: after(from, PUBLISHED_AFTER) })
    .where(and(eq(signingKey.alg, alg), isNull(signingKey.signsUntil)));
  await tx.insert(signingKey).values(made);
  await record(tx, ctx, { type: "signing_key.made", accountId: null, kid: made.kid });
  return { kid: made.kid, alg, signsFrom: from };
}
