import { record } from "#lib/audit/record.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { seconds } from "#lib/kernel/time.ts";
import { issueActivationLink } from "./activation-link.ts";
import { isKnownBrowser } from "./browser.ts";
import { lockByIdentity } from "./find-account.ts";

const ANSWER_STEP = seconds(0.25);

/** Returns nothing on purpose, always after the same time: the caller must not learn whether the identity has an account. */
export async function requestActivationLink(ctx: Context, identity: IdentityNumber): Promise<void> {
  await inEvenTime(ANSWER_STEP, () =>
    ctx.db.transaction(async (tx) => {
      const account = await lockByIdentity(tx, blindIndex(ctx.keys, identity));
      if (!account) return record(tx, ctx, { type: "activation_link.refused", accountId: null, reason: "no_account" });
      await issueActivationLink(tx, ctx, account, await isKnownBrowser(tx, ctx, account.id));
    }),
  );
}
