import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { callOff } from "./call-off.ts";
import type { ChangeSessionRefusal } from "./change-session.ts";
import { reachSession } from "./reach-session.ts";
import { isToCome } from "./session-times.ts";

/** The session does not take place. Everybody who was to come is written to, and holds no place any more. */
export function cancelSession(
  ctx: Context,
  sessionId: string,
  version: number,
): Promise<Result<{ told: number }, ChangeSessionRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const reached = await reachSession(tx, ctx, "onsite.manage", sessionId, "all");
    if (!reached.ok) return reached;
    const { session } = reached.value;
    if (!isToCome(session, ctx.now())) return refuse("session_over");
    if (session.version !== version) return refuse("changed_meanwhile");
    return ok(await callOff(tx, ctx, session));
  });
}
