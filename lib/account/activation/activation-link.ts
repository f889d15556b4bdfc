import { and, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type AccountStatus, activationCeremony, activationLink } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import { type Context, doneFrom } from "#lib/kernel/context.ts";
import { mailedDigests } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, days, minutes } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { countLetters, type LettersOfLate, mayGoAfter } from "#lib/throttle/letters-of-late.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { awaitsActivation } from "../lifecycle.ts";

/** A mailed link works this long from the moment it was handed over for delivery. */
export const LINK_LIFETIME = minutes(30);

export type LinkState = "alive" | "expired" | "used" | "superseded";
type Link = Pick<typeof activationLink.$inferSelect, "createdAt" | "handedOverAt" | "supersededAt" | "consumedAt">;

/** A letter is tried for so long; a link whose hand-over was never marked does not outlive it. */
const UNDELIVERED_LIFETIME = days(7);

/**
 * What has become of a link. One that is not marked as handed over, yet in somebody's hands, was mailed a moment ago.
 */
export function linkState(link: Link, now: Date): LinkState {
  if (link.consumedAt) return "used";
  if (link.supersededAt) return "superseded";
  const ends = link.handedOverAt
    ? after(link.handedOverAt, LINK_LIFETIME)
    : after(after(link.createdAt, UNDELIVERED_LIFETIME), LINK_LIFETIME);
  return ends <= now ? "expired" : "alive";
}

export type LinkRefusal = "not_awaiting_activation" | "not_open_yet" | "throttled";

export function mayIssueLink(
  of: { status: AccountStatus; opensAt: Date | null },
  now: Date,
  issued: LettersOfLate,
): Result<null, LinkRefusal> {
  if (!awaitsActivation(of.status)) return refuse("not_awaiting_activation");
  if (of.opensAt && of.opensAt > now) return refuse("not_open_yet");
  return mayGoAfter(issued) ? ok(null) : refuse("throttled");
}

/**
 * Issues a link and owes its letter, or records why not, and says so. The account's row must be locked by the caller,
 * or the limits would be read by two at once. Older links live until this one's letter is handed over. `knownBrowser`:
 * null where an officer asks.
 */
export async function issueActivationLink(
  tx: Tx,
  ctx: Context,
  to: { id: string; status: AccountStatus; opensAt: Date | null; officialEmail: string },
  knownBrowser: boolean | null,
): Promise<Result<null, LinkRefusal>> {
  const now = ctx.now();
  const asked =
    knownBrowser === null ? isNull(activationLink.knownBrowser) : eq(activationLink.knownBrowser, knownBrowser);
  const alike = and(eq(activationLink.mailbox, to.officialEmail), asked, isNull(activationLink.seenBy));
  const allowed = mayIssueLink(to, now, await countLetters(tx, activationLink, alike, now));
  if (!allowed.ok) {
    await recordRefusal(tx, ctx, { type: "activation_link.refused", accountId: to.id, reason: allowed.error });
    return allowed;
  }

  const linkId = uuidv7(now, ctx.random);
  await tx.insert(activationLink).values({
    id: linkId,
    accountId: to.id,
    mailbox: to.officialEmail,
    ...mailedDigests(ctx.keys, "activation", linkId),
    knownBrowser,
    requestedFrom: doneFrom(ctx),
    createdAt: now,
  });
  await record(tx, ctx, { type: "activation_link.issued", accountId: to.id, linkId });
  await enqueue(tx, ctx, { kind: "activation", accountId: to.id, to: to.officialEmail, about: { linkId } });
  return ok(null);
}

/** No link of the account opens anything from now on: its mailbox changed, or it was activated. */
export async function endLinks(tx: Tx, accountId: string, how: "consumed" | "superseded", now: Date): Promise<void> {
  await tx
    .update(activationLink)
    .set(how === "consumed" ? { consumedAt: now } : { supersededAt: now })
    .where(and(eq(activationLink.accountId, accountId), isNull(activationLink.consumedAt)));
}

/** The same, and whoever is in the midst of activating it is not any more. */
export async function endActivations(tx: Tx, accountId: string, now: Date): Promise<void> {
  await endLinks(tx, accountId, "superseded", now);
  await tx
    .update(activationCeremony)
    .set({ expiresAt: now })
    .where(and(eq(activationCeremony.accountId, accountId), gt(activationCeremony.expiresAt, now)));
}
