import { eq } from "drizzle-orm";
import { recoveryCode, recoveryCodeSet } from "#db/schema/second-factors.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { hashUnder } from "../hashing.ts";
import { notifyOwner } from "../notify-owner.ts";
import { CODES, newRecoveryCode, printed } from "./codes.ts";
import { versionOf } from "./find-recovery-codes.ts";

/** 128 bits, the least that RFC 9106 §3.1 recommends. */
const SALT_BYTES = 16;

/**
 * made_meanwhile: the codes that were to be replaced are not the present ones any more; a form sent twice makes codes
 * once.
 */
export type MakeCodesRefusal = ChangeRefusal | "made_meanwhile" | "busy";

/**
 * Ten new codes, to be shown this once: only their hashes are kept. They replace the set that `replaces` names
 * (`RecoveryCodes.version`, empty for none), which opens nothing from here on. In the order of their positions,
 * `7K2M-…`.
 */
export async function makeRecoveryCodes(
  ctx: Context,
  replaces: string,
): Promise<Result<readonly string[], MakeCodesRefusal>> {
  // Asked before the ten hashes are worked out too, so that nobody without a fresh proof has them done.
  const may = await ctx.db.transaction((tx) => mayChange(tx, ctx, "recovery_codes.make"));
  if (!may.ok) return may;
  const codes = Array.from({ length: CODES }, () => newRecoveryCode(ctx.random));
  const salt = ctx.random(SALT_BYTES);
  const hashes: string[] = [];
  for (const code of codes) {
    const hashed = await hashUnder(salt, code);
    if (!hashed.ok) return refuse("busy");
    hashes.push(hashed.value);
  }
  return ctx.db.transaction(async (tx) => {
    const still = await mayChange(tx, ctx, "recovery_codes.make");
    if (!still.ok) return still;
    const { accountId } = still.value;
    const [before] = await tx.select().from(recoveryCodeSet).where(eq(recoveryCodeSet.accountId, accountId));
    if (versionOf(before) !== replaces) return refuse("made_meanwhile");
    await tx.delete(recoveryCodeSet).where(eq(recoveryCodeSet.accountId, accountId));
    await tx.insert(recoveryCodeSet).values({ accountId, salt: salt.toString("base64url"), madeAt: ctx.now() });
    await tx.insert(recoveryCode).values(hashes.map((hash, at) => ({ accountId, position: at + 1, hash })));
    await record(tx, ctx, { type: "recovery_codes.made", accountId, replaced: before !== undefined });
    await notifyOwner(tx, ctx, accountId, "recovery_codes_made");
    return ok(codes.map(printed));
  });
}
