import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { before } from "#lib/kernel/time.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

export type UnderWay = {
  /** The number as typed, masked; null where a passkey, Google or a session said who it is. */
  identityShown: string | null;
  returnTo: string | null;
  /** The session that is stepped up, or null. */
  sessionId: string | null;
  /** What was proven so far in this sign-in. */
  proofs: Proof[];
  /** When a code by email was last asked for, whether or not one was owed. */
  codeRequestedAt: Date | null;
};

const findStatement = {
  name: "sign_in_find",
  text: `select identity_shown as "identityShown", return_to as "returnTo", session_id as "sessionId", proofs, code_requested_at as "codeRequestedAt" from sign_in_ceremony where token_digest = $1 and step = 'prove' and started_at > $2`,
};

/** What a browser's sign-in under way shows. Nothing where none is, or its time ran out. */
export async function currentCeremony(ctx: Context, ceremonyToken: string): Promise<UnderWay | null> {
  const [found] = await run<UnderWay>(ctx.db, findStatement, [
    digest(ceremonyToken),
    before(ctx.now(), SIGN_IN_LIFETIME),
  ]);
  return found ?? null;
}
