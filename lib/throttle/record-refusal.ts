import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { countedAs } from "./counted-as.ts";
import { countTry, TRIES_ALLOWED } from "./failed-tries.ts";

const countStatement = { name: "refusal_count", text: countTry("$1", "$2") };

/**
 * Records that a letter somebody asked for was not owed. Of those who have not said who they are as many a minute and
 * address as wrong tries are looked at: anybody may ask without end, for numbers nobody has, and the trail can never be
 * shortened.
 */
export async function recordRefusal(tx: Tx, ctx: Context, event: AuditEvent): Promise<void> {
  if (ctx.actor.kind !== "nobody") return record(tx, ctx, event);
  const key = `refusal:${countedAs(ctx.request.ip)}`;
  const [counted] = await run<{ points: number }>(tx, countStatement, [key, ctx.now()]);
  if (counted && counted.points <= TRIES_ALLOWED) await record(tx, ctx, event);
}
