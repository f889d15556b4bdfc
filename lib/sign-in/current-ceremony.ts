import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { before } from "#lib/kernel/time.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

export type UnderWay = { identityShown: string; returnTo: string | null };

const findStatement = {
  name: "sign_in_find",
  text: `select identity_shown as "identityShown", return_to as "returnTo" from sign_in_ceremony where token_digest = $1 and step = 'prove' and started_at > $2`,
};

/** What a browser's sign-in under way shows: the number as typed, masked. Nothing where none is, or its time ran out. */
export async function currentCeremony(ctx: Context, ceremonyToken: string): Promise<UnderWay | null> {
  const [found] = await run<UnderWay>(ctx.db, findStatement, [
    digest(ceremonyToken),
    before(ctx.now(), SIGN_IN_LIFETIME),
  ]);
  return found ?? null;
}
