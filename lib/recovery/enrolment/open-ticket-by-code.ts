import { desc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { lockByIdentity } from "#lib/account/find-account.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { mailedCodeDigest, mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { consume } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import type { MailedCodeAnswer } from "../lost-factor/open-by-code.ts";
import { usableTicket } from "./begin-enrolment.ts";

const ANSWER_STEP = seconds(0.1);

/**
 * The code of a ticket, typed where its link was not opened: gives the link's token. `code_mismatch` for every reason
 * that concerns the account; ten wrong ones in ten minutes for a number, or five for one ticket, and codes open nothing
 * for a while. The link itself is never touched. `too_many`: the address.
 */
export async function openTicketByCode(
  ctx: Context,
  identity: IdentityNumber,
  code: string,
): Promise<MailedCodeAnswer> {
  return inEvenTime(ANSWER_STEP, async () => {
    const [allowed, ofNumber] = [
      await spendTry(ctx),
      await consume(ctx.db, "enrolment-code", blindIndex(ctx.keys, identity), limits.codesPerAccount),
    ];
    if (!allowed.ok) return allowed;
    if (!ofNumber.ok) return refuse("code_mismatch");
    const opened = await ctx.db.transaction((tx) => open(tx, ctx, identity, code));
    if (opened.ok) await refundTry(ctx);
    return opened;
  });
}

async function open(
  tx: Tx,
  ctx: Context,
  identity: IdentityNumber,
  code: string,
): Promise<Result<{ token: string }, "code_mismatch">> {
  const owner = await lockByIdentity(tx, blindIndex(ctx.keys, identity));
  const tickets = owner
    ? await tx
        .select()
        .from(enrolmentTicket)
        .where(eq(enrolmentTicket.accountId, owner.id))
        .orderBy(desc(enrolmentTicket.createdAt), desc(enrolmentTicket.id))
    : [];
  const living = owner ? tickets.filter((one) => usableTicket(one, owner, ctx.now()).ok) : [];
  const [newest] = living;
  const no = async (reason: "code_mismatch" | "code_tries_used") => {
    const accountId = owner?.id ?? null;
    await recordRefusal(tx, ctx, { type: "enrolment_ticket.refused", accountId, ticketId: newest?.id ?? null, reason });
    return refuse("code_mismatch");
  };
  if (!newest) return no("code_mismatch");
  if (newest.codeTries >= limits.codeTriesPerLink) return no("code_tries_used");
  const found = living.find((one) => mailedCodeDigest(ctx.keys, "enrolment", one.id, code) === one.codeDigest);
  if (found) return ok({ token: mailedToken(ctx.keys, "enrolment", found.id) });
  await tx
    .update(enrolmentTicket)
    .set({ codeTries: sql`${enrolmentTicket.codeTries} + 1` })
    .where(eq(enrolmentTicket.id, newest.id));
  return no("code_mismatch");
}
