import { and, count, eq, isNull } from "drizzle-orm";
import { run } from "#db/named.ts";
import { account } from "#db/schema/account.ts";
import { recoveryCode } from "#db/schema/second-factors.ts";
import type { SignInReason } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { hashUnder } from "../hashing.ts";
import { notifyOwner } from "../notify-owner.ts";
import { readRecoveryCode } from "./codes.ts";

const saltStatement = { name: "recovery_salt", text: "select salt from recovery_code_set where account_id = $1" };
const findStatement = {
  name: "recovery_code_of_hash",
  text: `select position, used_at as "usedAt" from recovery_code where account_id = $1 and hash = $2`,
};

/** Under it the codes of nobody are hashed: as long as any salt, so that the work is the same. */
const NOBODY = Buffer.alloc(16);

/**
 * Whether this is a code of the account's, for one sign-in: it is used up by this, once however many try at the same
 * moment, and the owner is told. A code of nobody's account costs the same hash and the same look.
 */
export async function verifyRecoveryCode(
  ctx: Context,
  of: { accountId: string | null; ceremonyId: string },
  typed: string,
): Promise<Result<{ credential?: string }, SignInReason | "busy">> {
  const [set] = await run<{ salt: string }>(ctx.db, saltStatement, [of.accountId]);
  const code = readRecoveryCode(typed);
  const hashed = await hashUnder(set ? Buffer.from(set.salt, "base64url") : NOBODY, code ?? "");
  if (!hashed.ok) return refuse("busy");
  const [found] = await run<{ position: number; usedAt: Date | null }>(ctx.db, findStatement, [
    of.accountId,
    hashed.value,
  ]);
  if (of.accountId === null) return refuse("no_account");
  if (!set) return refuse("not_enrolled");
  if (!found || code === null) return refuse("wrong_code");
  return found.usedAt === null && (await use(ctx, of.accountId, found.position, hashed.value))
    ? ok({})
    : refuse("code_used");
}

/** The hash is part of the condition: another set may have taken the place of this one. */
function use(ctx: Context, accountId: string, position: number, hash: string): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    await tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)).for("no key update");
    const ofAccount = eq(recoveryCode.accountId, accountId);
    const [used] = await tx
      .update(recoveryCode)
      .set({ usedAt: ctx.now(), usedFrom: ctx.request.device })
      .where(
        and(ofAccount, eq(recoveryCode.position, position), eq(recoveryCode.hash, hash), isNull(recoveryCode.usedAt)),
      )
      .returning({ position: recoveryCode.position });
    if (!used) return false;
    const [unused] = await tx
      .select({ left: count() })
      .from(recoveryCode)
      .where(and(ofAccount, isNull(recoveryCode.usedAt)));
    await record(tx, ctx, { type: "recovery_code.used", accountId, left: unused?.left ?? 0 });
    await notifyOwner(tx, ctx, accountId, "recovery_code_used");
    return true;
  });
}
