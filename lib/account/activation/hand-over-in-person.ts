import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { type Context, doneFrom } from "#lib/kernel/context.ts";
import { codeOf, type MailedRow, mailedDigests, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { Account } from "../find-account.ts";
import { endActivations, LINK_LIFETIME } from "./activation-link.ts";

/** `token`: of the link `/activate/TOKEN`, or its QR code. `code`: eight digits, to be typed at `/activate/code`. */
export type HandedOver = { linkId: string; token: string; code: string; expiresAt: Date };

/**
 * An activation link for somebody who stands at a counter and was seen with their document by an officer (`seenBy`): it is
 * not mailed, lives from now on as long as a mailed one, and proves no mailbox. Whatever was mailed before opens nothing any
 * more, and whoever is in the midst of activating elsewhere is not: the officer knows who is here. The caller holds the
 * account's row, and has judged that it awaits its activation.
 */
export async function handOverInPerson(
  tx: Tx,
  ctx: Context,
  to: Pick<Account, "id" | "officialEmail">,
  seenBy: string,
): Promise<HandedOver> {
  const now = ctx.now();
  await endActivations(tx, to.id, now);
  const linkId = uuidv7(now, ctx.random);
  const digests = mailedDigests(ctx.keys, "activation", linkId);
  await tx.insert(activationLink).values({
    id: linkId,
    accountId: to.id,
    mailbox: to.officialEmail,
    ...digests,
    knownBrowser: null,
    seenBy,
    requestedFrom: doneFrom(ctx),
    createdAt: now,
    handedOverAt: now,
  });
  return { linkId, ...secretsOf(ctx, { id: linkId, ...digests }), expiresAt: after(now, LINK_LIFETIME) };
}

/** Derived anew whenever the officer who handed it over looks; kept nowhere. */
export const secretsOf = (ctx: Pick<Context, "keys">, link: MailedRow): { token: string; code: string } => ({
  token: tokenOf(ctx.keys, "activation", link),
  code: codeOf(ctx.keys, "activation", link),
});
