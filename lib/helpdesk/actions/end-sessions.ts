import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/**
 * Signs the owner out of every browser, sign-ins under way included. Answers how many sessions ended; refuses
 * `no_sessions` where there were none, and then nobody is told.
 */
export const endSessions = (ctx: Context, wanted: Wanted): Promise<Result<number, ReachRefusal | "no_sessions">> =>
  actOn(ctx, "end_sessions", wanted, async ({ tx, ctx: desk, account, act }) => {
    const ended = await endSessionsOf(tx, desk, account.id, { all: true }, "officer");
    if (ended.length === 0) return refuse("no_sessions");
    const { actionId } = await act();
    const sessions = ended.length;
    await record(tx, desk, { type: "sessions.ended_by_officer", accountId: account.id, actionId, sessions });
    await notifyOwner(tx, desk, account.id, "sessions_ended_by_officer");
    return ok(sessions);
  });
