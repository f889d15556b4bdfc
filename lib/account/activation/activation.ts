import { asc, eq } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { account, activationCeremony, activationLink } from "#db/schema/account.ts";
import { activationAnswer, securityQuestion } from "#db/schema/authenticators.ts";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { type IdentityNumber, maskIdentity } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { minutes } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { Account } from "../find-account.ts";
import { awaitsActivation } from "../lifecycle.ts";
import { unsealIdentity } from "../seal-identity.ts";
import { linkState } from "./activation-link.ts";

/** From confirming the link to `Selesai`. */
export const CEREMONY_LIFETIME = minutes(30);

export type Link = typeof activationLink.$inferSelect;
/** Why a link, or the ceremony it opened, no longer leads anywhere. Each has a page that offers a new one. */
export type ActivationRefusal = "unknown" | "expired" | "used" | "superseded" | "identity_tries_used";

/** What the person is shown of themselves while they activate. */
export type PersonShown = {
  maskedIdentity: string;
  fullName: string;
  officialEmail: string;
  officeName: string;
  registeredAt: Date;
};

const shown = (row: Account, officeName: string, identity: IdentityNumber): PersonShown => ({
  maskedIdentity: maskIdentity(identity),
  fullName: row.fullName,
  officialEmail: row.officialEmail,
  officeName,
  registeredAt: row.selfRegisteredAt ?? row.createdAt,
});

/** The link behind a token, and whose it is. Changes nothing: scanners of mail open links too. */
export async function viewActivationLink(
  ctx: Context,
  token: string,
): Promise<Result<{ person: PersonShown }, ActivationRefusal>> {
  const [found] = await ctx.db
    .select({ link: activationLink, account, officeName: office.name })
    .from(activationLink)
    .innerJoin(account, eq(account.id, activationLink.accountId))
    .innerJoin(office, eq(office.id, account.officeId))
    .where(eq(activationLink.tokenDigest, digest(token)));
  if (!found) return refuse("unknown");
  const usable = usableLink(ctx, found.link, found.account);
  return usable.ok
    ? ok({ person: shown(found.account, found.officeName, unsealIdentity(ctx, found.account)) })
    : usable;
}

/** Whether a link still opens the activation of its account. */
export function usableLink(ctx: Context, link: Link, of: Account): Result<null, ActivationRefusal> {
  const state = linkState(link, ctx.now());
  if (state !== "alive") return refuse(state);
  if (!awaitsActivation(of.status)) return refuse(of.status === "activated" ? "used" : "expired");
  return link.identityTries < limits.identityTriesPerLink ? ok(null) : refuse("identity_tries_used");
}

export type Activation = {
  accountId: string;
  linkId: string;
  expiresAt: Date;
  person: PersonShown;
  identity: IdentityNumber;
  account: Account;
  answered: { questionId: string; hash: string; textMs: string; textEn: string }[];
};

/**
 * The activation a browser's ceremony is in, with what was answered so far. Refuses `unknown`, `expired`, `used`. It
 * goes on when a newer link is handed over: its mailbox is proven, and nobody shall end it by asking for a letter.
 */
export async function currentActivation(
  ctx: Context,
  ceremonyToken: string,
  db: Db | Tx = ctx.db,
): Promise<Result<Activation, ActivationRefusal>> {
  const [found] = await db
    .select({ ceremony: activationCeremony, link: activationLink, account, officeName: office.name })
    .from(activationCeremony)
    .innerJoin(activationLink, eq(activationLink.id, activationCeremony.linkId))
    .innerJoin(account, eq(account.id, activationCeremony.accountId))
    .innerJoin(office, eq(office.id, account.officeId))
    .where(eq(activationCeremony.tokenDigest, digest(ceremonyToken)));
  if (!found) return refuse("unknown");
  if (found.link.consumedAt) return refuse("used");
  if (found.ceremony.expiresAt <= ctx.now() || !awaitsActivation(found.account.status)) return refuse("expired");

  const answered = await db
    .select({
      questionId: activationAnswer.questionId,
      hash: activationAnswer.hash,
      textMs: securityQuestion.textMs,
      textEn: securityQuestion.textEn,
    })
    .from(activationAnswer)
    .innerJoin(securityQuestion, eq(securityQuestion.id, activationAnswer.questionId))
    .where(eq(activationAnswer.linkId, found.link.id))
    .orderBy(asc(activationAnswer.addedAt));
  const identity = unsealIdentity(ctx, found.account);
  return ok({
    accountId: found.account.id,
    linkId: found.link.id,
    expiresAt: found.ceremony.expiresAt,
    person: shown(found.account, found.officeName, identity),
    identity,
    account: found.account,
    answered,
  });
}
