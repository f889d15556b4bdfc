import { and, count, eq, gt, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { letter } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, hours, minutes } from "#lib/kernel/time.ts";
import type { LetterKind } from "#lib/mail/letters.ts";
import { limits } from "./limits.ts";

/**
 * Whether another notice of this kind may go to its owner now; `of` narrows it to those that tell of one thing (`{
 * change: … }`), so that a notice of one change is not swallowed by that of another. Exact where the caller holds the
 * account's row.
 */
export async function mayNotify(
  tx: Tx,
  ctx: Context,
  accountId: string,
  kind: LetterKind,
  of: Record<string, string> = {},
): Promise<boolean> {
  const now = ctx.now();
  const recent = gt(letter.createdAt, before(now, minutes(1)));
  const [sent] = await tx
    .select({ anHour: count(), aMinute: sql<number>`count(*) filter (where ${recent})`.mapWith(Number) })
    .from(letter)
    .where(
      and(
        eq(letter.accountId, accountId),
        eq(letter.kind, kind),
        sql`${letter.about} @> ${JSON.stringify(of)}::jsonb`,
        gt(letter.createdAt, before(now, hours(1))),
      ),
    );
  return !sent || (sent.aMinute < limits.letters.aMinute && sent.anHour < limits.letters.anHour);
}
