import { and, eq, gt, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { type CaseWanted, openCase } from "#lib/account/open-case.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { canonical, type IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before } from "#lib/kernel/time.ts";
import { findOfferedOffice } from "#lib/office/find-office.ts";
import { limits } from "#lib/throttle/limits.ts";
import { holdOwner, type Owner } from "./hold-owner.ts";
import { type CorrectionKind, type IdentityReason, wantedIdentity } from "./list-corrections.ts";

/** waiting: one of this kind is open already. too_many: five were asked for in the last 24 hours, of all kinds. */
export type CorrectionRefusal = "signed_out" | "waiting" | "too_many";
type Filed = { reference: string };

/** The name as their document has it shall be in the profile; the office confirms. `reason`: in their own words. */
export async function requestName(
  ctx: Context,
  { fullName, reason }: { fullName: string; reason?: string | undefined },
): Promise<Result<Filed, CorrectionRefusal | "name_same">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    if (owner.fullName === fullName) return refuse("name_same");
    return file(tx, ctx, owner, { kind: "name", wanted: fullName, reason });
  });
}

/** They have been transferred: another office shall be theirs, once it confirms. A retired one is nobody's to move to. */
export async function requestOffice(
  ctx: Context,
  { officeId, reason }: { officeId: string; reason?: string | undefined },
): Promise<Result<Filed, CorrectionRefusal | "office_unknown" | "office_same">> {
  const office = await findOfferedOffice(ctx, officeId);
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    if (!office) return refuse("office_unknown");
    if (owner.officeId === office.id) return refuse("office_same");
    return file(tx, ctx, owner, { kind: "office", officeId: office.id, reason });
  });
}

/** Which reasons there are to give for another number: nobody with a MyKad gets another one. */
export const identityReasonsOf = (now: IdentityNumber): readonly IdentityReason[] =>
  now.type === "mykad" ? ["wrong_number"] : ["renewed_passport", "got_mykad", "wrong_number"];

/** Whether one number may follow another for this reason, by what the documents are. */
export function mayFollow(
  now: IdentityNumber,
  wanted: IdentityNumber,
  why: IdentityReason,
): Result<null, "identity_same" | "reason_unfit"> {
  if (canonical(now) === canonical(wanted)) return refuse("identity_same");
  if (!identityReasonsOf(now).includes(why)) return refuse("reason_unfit");
  if (why === "renewed_passport" && wanted.type !== "passport") return refuse("reason_unfit");
  if (why === "got_mykad" && wanted.type !== "mykad") return refuse("reason_unfit");
  return ok(null);
}

/**
 * Another identity number shall be theirs: a renewed passport, a MyKad after a passport, or the right one where a wrong
 * one was kept. Two officers decide. Sensitive, since whoever holds the number can ask for an account's letters.
 * Whether somebody else has the number is not told here.
 */
export async function requestIdentity(
  ctx: Context,
  { identity, why, reason }: { identity: IdentityNumber; why: IdentityReason; reason?: string | undefined },
): Promise<Result<Filed, CorrectionRefusal | ChangeRefusal | "identity_same" | "reason_unfit">> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "identity.correct");
    if (!may.ok) return may;
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    const follows = mayFollow(unsealIdentity(ctx, owner), identity, why);
    if (!follows.ok) return follows;
    return file(tx, ctx, owner, { kind: "identity", wanted: wantedIdentity.write(canonical(identity), why), reason });
  });
}

type Wanted = { kind: CorrectionKind; wanted?: string; officeId?: string; reason?: string | undefined };

/** The caller holds the owner's row, so that of many at once one is filed. */
async function file(
  tx: Tx,
  ctx: Context,
  owner: Owner,
  { reason, ...wanted }: Wanted,
): Promise<Result<Filed, "waiting" | "too_many">> {
  const theirs = and(eq(helpdeskCase.accountId, owner.id), ne(helpdeskCase.kind, "report"));
  const since = before(ctx.now(), limits.correctionsPerAccount.window);
  const open = and(theirs, eq(helpdeskCase.kind, wanted.kind), eq(helpdeskCase.state, "open"));
  if ((await tx.$count(helpdeskCase, open)) > 0) return refuse("waiting");
  const late = await tx.$count(helpdeskCase, and(theirs, gt(helpdeskCase.openedAt, since)));
  if (late >= limits.correctionsPerAccount.points) return refuse("too_many");
  const about: CaseWanted = { accountId: owner.id, ...wanted, ...(reason !== undefined && { reason }) };
  const { reference } = await openCase(tx, ctx, about);
  await notifyOwner(tx, ctx, owner.id, "correction_requested");
  return ok({ reference });
}
