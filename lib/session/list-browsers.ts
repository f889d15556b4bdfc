import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

export type KnownBrowser = {
  id: string;
  /** "Chrome pada Windows". */
  device: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** The one that asks. */
  here: boolean;
};

const listStatement = {
  name: "browsers_known",
  text: `select id, label as device, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", coalesce(token_digest = $2, false) as here from device
    where account_id = $1 and signed_in_at is not null order by here desc, last_seen_at desc, id`,
};

/**
 * The browsers the owner has signed in from, this one first, then by last use: a sign-in from another is told to them.
 */
export async function listBrowsers(ctx: Context): Promise<KnownBrowser[]> {
  if (ctx.actor.kind !== "account") return [];
  const { deviceToken } = ctx.request;
  return run<KnownBrowser>(ctx.db, listStatement, [
    ctx.actor.accountId,
    deviceToken === null ? null : digest(deviceToken),
  ]);
}
