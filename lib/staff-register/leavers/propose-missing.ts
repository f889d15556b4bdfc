import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { staffImport } from "#db/schema/staff-register.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidOfBytes } from "#lib/kernel/uuid.ts";
import { notNamed } from "../import/count-rows.ts";
import { earliestSuspension } from "./grace.ts";

/** People of one transaction. */
const AT_ONCE = 1_000;

/**
 * Takes people whom the file does not name off the register, some at a time, and proposes them as leavers. Who was
 * suspended already needs no proposal. Of those who are to be suspended by the clock nobody is before a day has passed. Answers how many; 0 when nobody is left.
 */
export async function proposeMissing(
  tx: Tx,
  ctx: Context,
  { id: importId, suspendsAt }: Pick<typeof staffImport.$inferSelect, "id" | "suspendsAt">,
): Promise<number> {
  const now = ctx.now();
  const { rows: gone } = await tx.execute<{ id: string; isProposed: boolean }>(sql`
    update account a set listed_at = null, delisted_at = ${now}::timestamptz
    where a.id = any(array(select a.id from account a where a.listed_at is not null and a.status <> 'closed' and ${notNamed(importId)}
      order by a.id limit ${AT_ONCE} for no key update))
    returning a.id, a.status <> 'suspended' as "isProposed"`);
  if (gone.length === 0) return 0;
  const ids = gone.flatMap(({ id, isProposed }) => (isProposed ? [id] : []));
  const earliest = earliestSuspension(now);
  const suspended = suspendsAt && (suspendsAt > earliest ? suspendsAt : earliest);
  const salt = uuidOfBytes(ctx.random(16));
  const { rows: proposed } = await tx.execute<{ accountId: string; leaverId: string }>(sql`
    insert into staff_leaver (id, account_id, import_id, why, state, proposed_at, suspends_at)
    select md5(${salt} || a.id)::uuid, a.id::uuid, ${importId}::uuid, 'missing', 'proposed', ${now}::timestamptz,
      ${suspended}::timestamptz
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as a (id)
    on conflict do nothing returning account_id as "accountId", id as "leaverId"`);
  await recordAll(tx, ctx, [
    ...gone.map(({ id }) => ({ type: "staff.delisted" as const, accountId: id, importId })),
    ...proposed.map(({ accountId, leaverId }) => ({
      type: "leaver.proposed" as const,
      accountId,
      leaverId,
      why: "missing" as const,
    })),
  ]);
  return gone.length;
}
