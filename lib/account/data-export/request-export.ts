import { count, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { dataExport } from "#db/schema/profile.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { consume, giveBackOne } from "#lib/throttle/consume.ts";
import { limits } from "#lib/throttle/limits.ts";
import { makeExport } from "./make-export.ts";

export const DATA_EXPORTS_QUEUE = "data-exports";
export type DataExportJob = { exportId: string };

/** With no more events than this a copy is made while its owner waits: some tenths of a second. */
const SMALL = 2_000;

/**
 * Makes a copy of everything held on the signed-in person; at once where that is little, otherwise in the background.
 * It takes the place of an earlier one. Needs a fresh proof; refuses `too_many` beyond five a day.
 */
export async function requestExport(ctx: Context): Promise<Result<null, ChangeRefusal | "too_many">> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const { accountId } = ctx.actor;
  const allowed = await consume(ctx.db, "data-export", accountId, limits.dataExports);
  if (!allowed.ok) return refuse("too_many");
  const asked = await ctx.db.transaction((tx) => ask(tx, ctx));
  if (!asked.ok) {
    await giveBackOne(ctx.db, "data-export", accountId, limits.dataExports);
    return asked;
  }
  if (asked.value.small) await makeExport(ctx, asked.value.exportId);
  return ok(null);
}

async function ask(tx: Tx, ctx: Context): Promise<Result<{ exportId: string; small: boolean }, ChangeRefusal>> {
  const may = await mayChange(tx, ctx, "data.export");
  if (!may.ok) return may;
  const { accountId } = may.value;
  await tx.delete(dataExport).where(eq(dataExport.accountId, accountId));
  const exportId = uuidv7(ctx.now(), ctx.random);
  await tx.insert(dataExport).values({ id: exportId, accountId, requestedAt: ctx.now() });
  await record(tx, ctx, { type: "data_export.requested", accountId, exportId });
  await notifyOwner(tx, ctx, accountId, "data_exported");
  const small = (await eventsOf(tx, accountId)) <= SMALL;
  // Owed in any case: should this process end before it is made, another one makes it.
  await sendJob<DataExportJob>(tx, DATA_EXPORTS_QUEUE, { exportId }, exportId);
  return ok({ exportId, small });
}

async function eventsOf(tx: Tx, accountId: string): Promise<number> {
  const some = tx
    .select({ id: auditEvent.id })
    .from(auditEvent)
    .where(eq(auditEvent.accountId, accountId))
    .limit(SMALL + 1)
    .as("some");
  const [counted] = await tx.select({ events: count() }).from(some);
  return counted?.events ?? 0;
}
