import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { totpCredential, totpEnrolment } from "#db/schema/second-factors.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange, type Standing } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { unseal } from "#lib/kernel/sealed.ts";
import { addProof } from "#lib/session/add-proof.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { limits } from "#lib/throttle/limits.ts";
import { notifyOwner } from "../notify-owner.ts";
import { replaceLostFactors } from "../replace-lost-factors.ts";
import { fitTotp, readTotpCode, type Skew } from "./codes.ts";
import { type Enrolment, isOpen, TOTP_PURPOSE } from "./find-totp.ts";

export type ConfirmTotpRefusal =
  | ChangeRefusal
  /** No secret waits: it expired, was begun in another session, or was confirmed already. */
  | "not_begun"
  /** Not six digits; no try is spent. */
  | "code_shape"
  | "code_mismatch"
  | "clock_skew"
  | "tries_used";

/**
 * `first`: the account had no second factor before, and asks for two from now on. `sessionToken`: the session's new
 * secret, for the cookie; null where it ended meanwhile.
 */
export type EnrolledTotp = { replaced: boolean; first: boolean; sessionToken: string | null };

/** `skew` comes with `clock_skew`. */
export type ConfirmTotpAnswer = Result<EnrolledTotp, ConfirmTotpRefusal> & { skew?: Skew };

/**
 * A code of the app proves that it holds the secret: from here on it opens the account, instead of the one before. Five
 * tries, counted while the account's row is held. The code is spent by this and opens nothing again, but it is a proof
 * of the session that gave it. One that a ticket opened ends with it (`replaceLostFactors`).
 */
export async function confirmTotp(ctx: Context, typed: string): Promise<ConfirmTotpAnswer> {
  return ctx.db.transaction(async (tx): Promise<ConfirmTotpAnswer> => {
    const may = await mayChange(tx, ctx, "totp.enrol");
    if (!may.ok) return may;
    const { accountId } = may.value;
    const [enrolment] = await tx.select().from(totpEnrolment).where(eq(totpEnrolment.accountId, accountId));
    if (!enrolment || !isOpen(ctx, enrolment)) return refuse("not_begun");
    const code = readTotpCode(typed);
    if (code === null) return refuse("code_shape");

    const fit = fitTotp(unseal(ctx.keys.sealing, enrolment.secretSealed, TOTP_PURPOSE, enrolment.id), code, ctx.now());
    if (fit && "step" in fit) return ok(await enrol(tx, ctx, may.value, enrolment, fit.step));
    return spendTry(tx, ctx, enrolment, fit?.skew);
  });
}

async function spendTry(
  tx: Tx,
  ctx: Context,
  { accountId, tries }: Enrolment,
  skew: Skew | undefined,
): Promise<ConfirmTotpAnswer> {
  await tx
    .update(totpEnrolment)
    .set({ tries: sql`${totpEnrolment.tries} + 1` })
    .where(eq(totpEnrolment.accountId, accountId));
  const reason = tries + 1 >= limits.triesPerCode ? "tries_used" : skew ? "clock_skew" : "code_mismatch";
  await record(tx, ctx, { type: "totp.refused", accountId, reason });
  return { ...refuse(reason), ...(skew && { skew }) };
}

async function enrol(
  tx: Tx,
  ctx: Context,
  { enrolled, ticketId }: Standing,
  { accountId, id, secretSealed }: Enrolment,
  step: number,
): Promise<EnrolledTotp> {
  const [before] = await tx.delete(totpCredential).where(eq(totpCredential.accountId, accountId)).returning();
  await tx.insert(totpCredential).values({ accountId, id, secretSealed, lastStep: step, setAt: ctx.now() });
  await tx.delete(totpEnrolment).where(eq(totpEnrolment.accountId, accountId));
  const first = !hasSecondFactor(enrolled);
  if (first) await tx.update(account).set({ asksTwoFactors: true }).where(eq(account.id, accountId));

  const replaced = before !== undefined;
  await record(tx, ctx, { type: "totp.enrolled", accountId, totpId: id, replaced });
  if (ticketId !== null) {
    await replaceLostFactors(tx, ctx, { accountId, ticketId, kept: { totpId: id } });
    return { replaced, first, sessionToken: null };
  }
  await notifyOwner(tx, ctx, accountId, replaced ? "totp_replaced" : "totp_enrolled");
  const proof: Proof = { factor: "totp", at: ctx.now().toISOString(), credential: id };
  const sessionToken = await addProof(tx, ctx, proof);
  if (before) await endSessionsOf(tx, ctx, accountId, { credential: before.id }, "totp_replaced");
  return { replaced, first, sessionToken };
}
