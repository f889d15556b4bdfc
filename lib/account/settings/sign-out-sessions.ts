import { eq } from "drizzle-orm";
import { session } from "#db/schema/session.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { holdById } from "../find-account.ts";

/**
 * Signs the owner out of one of their sessions. Answers where it was; `not_found` where it is not theirs or has ended
 * already.
 */
export async function signOutSession(
  ctx: Context,
  sessionId: string,
): Promise<Result<{ device: string }, "not_found">> {
  if (ctx.actor.kind !== "account") return refuse("not_found");
  const { accountId } = ctx.actor;
  return ctx.db.transaction(async (tx) => {
    const [ended] = await endSessionsOf(tx, ctx, accountId, { session: sessionId }, "signed_out_elsewhere");
    if (!ended) return refuse("not_found");
    const [was] = await tx.select({ device: session.device }).from(session).where(eq(session.id, ended));
    return was ? ok(was) : refuse("not_found");
  });
}

/**
 * Signs the owner out of every session, or every other one. Answers how many ended. Out of all at once is told to them
 * by letter: it is what somebody does who thinks that they are not alone.
 */
export async function signOutSessions(ctx: Context, which: "others" | "everywhere"): Promise<number> {
  if (ctx.actor.kind !== "account") return 0;
  const { accountId, sessionId } = ctx.actor;
  return ctx.db.transaction(async (tx) => {
    // Held, so that of many at once one ends them and tells of it.
    const owner = await holdById(tx, accountId);
    if (!owner) return 0;
    const all = which === "others" ? ({ all: true, except: sessionId } as const) : ({ all: true } as const);
    const ended = await endSessionsOf(tx, ctx, accountId, all, `signed_out_${which}`);
    if (which === "everywhere" && ended.length > 0) await notifyOwner(tx, ctx, accountId, "signed_out_everywhere");
    return ended.length;
  });
}
