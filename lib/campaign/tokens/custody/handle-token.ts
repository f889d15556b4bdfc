import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { type HardwareTokenState, hardwareToken } from "#db/schema/hardware-token.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { recordAction } from "#lib/helpdesk/act.ts";
import { atDesk } from "#lib/helpdesk/actions/act-on.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import type { Reason } from "#lib/helpdesk/reason.ts";
import { recordRefusal } from "#lib/helpdesk/require-reach.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type MoveRefusal, moveToken, type Token } from "./move-token.ts";
import { newReceipt } from "./receipt.ts";
import { tellOffices } from "./tell-offices.ts";
import type { TokenMove } from "./token-machine.ts";

export type HandleRefusal = ReachRefusal | MoveRefusal;

/** What an officer does with somebody's token against which something is reported, and why. */
const officerMoves = ["report_lost", "report_misuse", "revoke"] as const satisfies readonly TokenMove[];
export type OfficerMove = (typeof officerMoves)[number];

const deeds = {
  report_lost: { type: "hardware_token.lost", action: "report_token_lost", change: "token_lost" },
  report_misuse: { type: "hardware_token.misused", action: "report_token_misuse", change: "token_misused" },
  revoke: { type: "hardware_token.revoked", action: "revoke_token", change: "token_revoked" },
} as const;

/** `seen`: the state in which the officer saw it; another meanwhile is `moved_meanwhile`, and they look again. */
export type Handling = { tokenId: string; seen: HardwareTokenState };

/**
 * Writes down that a token was lost, lent or misused, or takes it out of use; the reason stays with the action and in its
 * custody, and its holder is told. Right, scope and rank are judged fresh against the holder.
 */
export const handleToken = (
  ctx: Context,
  { tokenId, seen, move, reason }: Handling & { move: OfficerMove; reason: Reason },
): Promise<Result<null, HandleRefusal>> =>
  withToken(ctx, tokenId, async ({ tx, desk, officerId, officeId, token }) => {
    const moved = await moveToken(tx, desk, { token, move, seen, byId: officerId, note: reason });
    if (!moved.ok) return moved;
    const { type, action, change } = deeds[move];
    const { serial, holderId: accountId } = token;
    const { actionId } = await recordAction(tx, desk, { accountId, action, reason });
    await record(tx, desk, { type, accountId, tokenId, serial, actionId });
    await notifyOwner(tx, desk, accountId, change, { system: serial });
    if (move === "report_lost") await tellOffices(tx, desk, { tokenId, holderId: accountId, officeId });
    return ok(null);
  });

/**
 * Takes a token back, from whichever state it is out in; answers the number of its receipt. `note`: the condition it came
 * in. Where the same is pressed twice, one of them is refused, so that there is one receipt.
 */
export const takeBack = (
  ctx: Context,
  { tokenId, seen, note }: Handling & { note?: string | undefined },
): Promise<Result<{ receipt: string }, HandleRefusal>> =>
  withToken(ctx, tokenId, async ({ tx, desk, officerId, token }) => {
    const receipt = newReceipt(ctx.random);
    const moved = await moveToken(tx, desk, { token, move: "return", seen, byId: officerId, note, receipt });
    if (!moved.ok) return moved;
    const { serial, holderId: accountId } = token;
    await record(tx, desk, { type: "hardware_token.returned", accountId, tokenId, serial, receipt });
    await notifyOwner(tx, desk, accountId, "token_returned", { system: serial, reference: receipt });
    return ok({ receipt });
  });

type AtWork = { tx: Tx; desk: Context; officerId: string; officeId: string; token: Token };

function withToken<T>(
  ctx: Context,
  tokenId: string,
  deed: (work: AtWork) => Promise<Result<T, HandleRefusal>>,
): Promise<Result<T, HandleRefusal>> {
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<T, HandleRefusal>> => {
      if (ctx.actor.kind !== "account") return refuse("signed_out");
      const its = eq(hardwareToken.id, tokenId);
      const [token] = isUuid(tokenId) ? await tx.select().from(hardwareToken).where(its) : [];
      if (!token) {
        await recordRefusal(tx, ctx, "token.handle", undefined);
        return refuse("not_found");
      }
      const reached = await reachAccount(tx, ctx, "token.handle", token.holderId);
      if (!reached.ok) return reached;
      const { officer, account } = reached.value;
      const desk = await atDesk(tx, ctx, officer.accountId);
      return deed({ tx, desk, officerId: officer.accountId, officeId: account.officeId, token });
    }),
  );
}
