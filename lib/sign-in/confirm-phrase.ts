import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before } from "#lib/kernel/time.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

const confirmStatement = {
  name: "sign_in_confirm_phrase",
  text: `update sign_in_ceremony set phrase_confirmed_at = coalesce(phrase_confirmed_at, $2)
    where token_digest = $1 and step = 'prove' and started_at > $3 returning id`,
};

/**
 * The person ticked that the phrase on the page is theirs: in this sign-in the password may be asked. The same for
 * everybody, whether or not a phrase was shown. Refuses `start_again` where no sign-in waits for a proof in this
 * browser.
 */
export async function confirmPhrase(ctx: Context, ceremonyToken: string): Promise<Result<null, "start_again">> {
  const now = ctx.now();
  const confirmed = await run(ctx.db, confirmStatement, [digest(ceremonyToken), now, before(now, SIGN_IN_LIFETIME)]);
  return confirmed.length === 1 ? ok(null) : refuse("start_again");
}
