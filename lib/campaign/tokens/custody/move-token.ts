import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type HardwareTokenState, hardwareToken, hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import { sealNote } from "#lib/account/token-note.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { afterMove, type TokenMove } from "./token-machine.ts";

export type Token = typeof hardwareToken.$inferSelect;

/** `seen`: the state in which whoever acts saw it. `byId`: null where nobody did it. */
export type Moving = {
  token: Token;
  move: TokenMove;
  seen: HardwareTokenState;
  byId: string | null;
  note?: string | undefined;
  receipt?: string;
};

/** not_movable: that cannot happen to a token in its state. moved_meanwhile: somebody else was faster. */
export type MoveRefusal = "not_movable" | "moved_meanwhile";

/**
 * One step in a token's life and a line of its custody, in the transaction of what it belongs to. Recording and telling is
 * its caller's part.
 */
export async function moveToken(
  tx: Tx,
  ctx: Context,
  { token, move, seen, byId, note, receipt }: Moving,
): Promise<Result<HardwareTokenState, MoveRefusal>> {
  const state = afterMove(seen, move);
  if (state === null) return refuse("not_movable");
  const now = ctx.now();
  const moved = await tx
    .update(hardwareToken)
    .set({ state, stateSince: now })
    .where(and(eq(hardwareToken.id, token.id), eq(hardwareToken.state, seen)))
    .returning({ id: hardwareToken.id });
  if (moved.length === 0) return refuse("moved_meanwhile");
  await tx.insert(hardwareTokenEvent).values({
    tokenId: token.id,
    at: now,
    move,
    state,
    holderId: token.holderId,
    byId,
    noteSealed: note === undefined ? null : sealNote(ctx, note, token.id),
    receipt: receipt ?? null,
  });
  return ok(state);
}
