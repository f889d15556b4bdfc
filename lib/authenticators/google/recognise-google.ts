import { run } from "#db/named.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seal } from "#lib/kernel/sealed.ts";
import { EMAIL_PURPOSE, type GoogleIdentity } from "./google-identity.ts";

/** Whose account it opens, and by which link. */
export type Recognised = { accountId: string; linkId: string };

const findStatement = {
  name: "google_link_by_subject",
  text: `select l.id as "linkId", l.account_id as "accountId", a.status from google_link l join account a on a.id = l.account_id where l.subject = $1`,
};

// Compare and set: one that was unlinked a moment ago opens nothing.
const useStatement = {
  name: "google_link_use",
  text: `update google_link l set last_used_at = $3, email_sealed = $4 from account a
    where l.id = $1 and l.subject = $2 and a.id = l.account_id and a.status = 'activated' returning l.id`,
};

/**
 * The activated account that a Google account opens, and that it was used now; its address is kept up to date.
 * `not_linked` stands for an account that may not be entered as well: nobody learns more from it.
 */
export async function recogniseGoogle(
  ctx: Context,
  { subject, email }: GoogleIdentity,
): Promise<Result<Recognised, "not_linked">> {
  const [found] = await run<Recognised & { status: string }>(ctx.db, findStatement, [subject]);
  if (found?.status !== "activated") return refuseIt(ctx, found?.accountId ?? null);
  const { accountId, linkId } = found;
  const used = await run(ctx.db, useStatement, [
    linkId,
    subject,
    ctx.now(),
    seal(ctx.keys.sealing, ctx.random, email, EMAIL_PURPOSE, linkId),
  ]);
  return used.length === 1 ? ok({ accountId, linkId }) : refuseIt(ctx, null);
}

async function refuseIt(ctx: Context, accountId: string | null): Promise<Result<Recognised, "not_linked">> {
  const reason = accountId === null ? "not_linked" : "not_activated";
  await ctx.db.transaction((tx) => record(tx, ctx, { type: "google.refused", accountId, reason }));
  return refuse("not_linked");
}
