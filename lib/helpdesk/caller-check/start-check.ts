import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { callerCheck } from "#db/schema/helpdesk.ts";
import type { CallerCheckKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { callerDigests, newSpokenCode, spokenDigests } from "#lib/kernel/caller-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { type Reached, type ReachRefusal, reachAccount } from "../reach-account.ts";
import { type CallerCheck, CHECK_LIFETIME } from "./check-state.ts";

/** Checks under way at once in an agency are few; a code that two of them share is made anew, so few times. */
const ROUNDS = 20;

/**
 * Begins a check by codes: the officer's page shows one to read out. One that this officer had under way on the account
 * is over.
 */
export function startCodes(ctx: Context, accountId: string): Promise<Result<{ checkId: string }, ReachRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, "caller.check", accountId);
    if (!reached.ok) return reached;
    const id = await unusedId(tx, ctx);
    const secrets = callerDigests(ctx.keys, id);
    return ok({ checkId: await insertCheck(tx, ctx, reached.value, "codes", { id, ...secrets }) });
  });
}

/** Writes a new check, and ends those that its officer had under way on the account. The caller holds the account's row. */
export async function insertCheck(
  tx: Tx,
  ctx: Context,
  { officer, account }: Reached,
  kind: CallerCheckKind,
  more: Partial<CallerCheck> = {},
): Promise<string> {
  const now = ctx.now();
  const id = more.id ?? uuidv7(now, ctx.random);
  const whose = and(eq(callerCheck.accountId, account.id), eq(callerCheck.officerId, officer.accountId));
  await tx
    .update(callerCheck)
    .set({ failedAt: now })
    .where(and(whose, isNull(callerCheck.verifiedAt), isNull(callerCheck.failedAt), gt(callerCheck.expiresAt, now)));
  await tx.insert(callerCheck).values({
    accountId: account.id,
    officerId: officer.accountId,
    kind,
    startedAt: now,
    expiresAt: after(now, CHECK_LIFETIME),
    ...more,
    id,
  });
  await record(tx, ctx, { type: "caller_check.started", accountId: account.id, checkId: id, kind });
  return id;
}

/** An id whose spoken code no other check under way has: by that code the caller's page finds it. */
async function unusedId(tx: Tx, ctx: Context): Promise<string> {
  for (let round = 0; round < ROUNDS; round++) {
    const id = uuidv7(ctx.now(), ctx.random);
    const digests = spokenDigests(ctx.keys, newSpokenCode(ctx.keys, id));
    const same = and(inArray(callerCheck.spokenDigest, digests), gt(callerCheck.expiresAt, ctx.now()));
    const [taken] = await tx.select({ id: callerCheck.id }).from(callerCheck).where(same);
    if (!taken) return id;
  }
  throw new Error(`No unused code was found in ${ROUNDS} rounds`);
}
