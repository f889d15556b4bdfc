import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { account } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import { blindIndexes, indexColumns } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";
import { endLinks, issueActivationLink } from "../activation/activation-link.ts";
import { isKnownBrowser, rememberBrowser } from "../browser.ts";
import { type Account, lockByIdentity, lockByMailbox } from "../find-account.ts";
import { awaitsActivation } from "../lifecycle.ts";
import { sealIdentity } from "../seal-identity.ts";

/** Checked input: the address is on an allowed domain, the office exists. */
export type Registration = { identity: IdentityNumber; fullName: string; officialEmail: string; officeId: string };

/** Long enough for every way a registration can go, the letter's making included. */
const ANSWER_STEP = seconds(0.25);

/**
 * Registers somebody, or tells the owner of what is already taken. Says nothing of it on purpose, always after the same
 * time: the caller must not learn whether an identity or a mailbox has an account. `captcha`: whether one was solved.
 * registration_closed: the agency lets nobody register just now.
 */
export async function registerAccount(
  ctx: Context,
  wanted: Registration,
  captcha: boolean,
): Promise<Result<null, "registration_closed">> {
  if (ctx.policy.registration === "closed") return refuse("registration_closed");
  await inEvenTime(ANSWER_STEP, () =>
    whenContended(() => ctx.db.transaction((tx) => register(tx, ctx, wanted, captcha))),
  );
  return ok(null);
}

/** Null where who holds the identity or the mailbox let go of it meanwhile, so that it is free after all. */
async function register(
  tx: Tx,
  ctx: Context,
  wanted: Registration,
  captcha: boolean,
): Promise<"registered" | "taken" | null> {
  const created = await create(tx, ctx, wanted);
  if (created) {
    await rememberBrowser(tx, ctx, created.id, "registered");
    await record(tx, ctx, { type: "account.registered", accountId: created.id, officeId: wanted.officeId, captcha });
    await issueActivationLink(tx, ctx, created, true);
    return "registered";
  }
  const holder = await lockByIdentity(tx, blindIndexes(ctx.keys, wanted.identity));
  const owner = holder ? undefined : await lockByMailbox(tx, wanted.officialEmail);
  if (holder) await identityTaken(tx, ctx, holder, wanted);
  else if (owner) await tellOwner(tx, ctx, owner, "email");
  return holder || owner ? "taken" : null;
}

/**
 * The new row, or nothing where the identity or the mailbox is taken. The unique indexes decide, so that of many at
 * once one wins.
 */
async function create(tx: Tx, ctx: Context, wanted: Registration): Promise<Account | undefined> {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const [created] = await tx
    .insert(account)
    .values({
      id,
      status: "registered",
      identityType: wanted.identity.type,
      identitySealed: sealIdentity(ctx, id, wanted.identity),
      ...indexColumns(ctx.keys, wanted.identity),
      fullName: wanted.fullName,
      officialEmail: wanted.officialEmail,
      officeId: wanted.officeId,
      language: ctx.request.language,
      createdAt: now,
      selfRegisteredAt: now,
    })
    .onConflictDoNothing()
    .returning();
  return created;
}

async function identityTaken(tx: Tx, ctx: Context, holder: Account, wanted: Registration): Promise<void> {
  if (!awaitsActivation(holder.status)) return tellOwner(tx, ctx, holder, "identity");
  const { deviceToken } = ctx.request;
  const sameBrowser = await isKnownBrowser(tx, holder.id, deviceToken === null ? null : digest(deviceToken));
  const corrected = sameBrowser && mayCorrect(holder) ? await correct(tx, ctx, holder, wanted) : holder;
  await record(tx, ctx, { type: "registration.refused", accountId: holder.id, reason: "identity_taken" });
  await issueActivationLink(tx, ctx, corrected, sameBrowser);
}

/** As long as no mailbox was proven, and the office has not said that this is one of theirs, as it stands. */
const mayCorrect = ({ status, staffConfirmedAt }: Account): boolean => status === "registered" && !staffConfirmedAt;

/** A slip in the form, mended from the browser it was made in. A taken mailbox is left to its owner. */
async function correct(tx: Tx, ctx: Context, holder: Account, wanted: Registration): Promise<Account> {
  const moved = wanted.officialEmail !== holder.officialEmail;
  if (moved) {
    const owner = await lockByMailbox(tx, wanted.officialEmail);
    if (owner) {
      await tellOwner(tx, ctx, owner, "email");
      return holder;
    }
    await endLinks(tx, holder.id, "superseded", ctx.now());
  }
  const { fullName, officialEmail, officeId } = wanted;
  const [corrected] = await tx
    .update(account)
    .set({ fullName, officialEmail, officeId })
    .where(eq(account.id, holder.id))
    .returning();
  await record(tx, ctx, { type: "account.corrected_before_activation", accountId: holder.id });
  return corrected ?? holder;
}

async function tellOwner(tx: Tx, ctx: Context, owner: Account, what: "identity" | "email"): Promise<void> {
  await record(tx, ctx, {
    type: "registration.refused",
    accountId: owner.id,
    reason: what === "identity" ? "identity_taken" : "email_taken",
  });
  if (!(await mayNotify(tx, ctx, owner.id, "already_registered"))) return;
  await enqueue(tx, ctx, {
    kind: "already_registered",
    accountId: owner.id,
    to: owner.officialEmail,
    about: { what, requestedFrom: ctx.request.device, requestedAt: ctx.now().toISOString() },
  });
}
