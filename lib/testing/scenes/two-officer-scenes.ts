import { answerCall, mailCounterpart } from "#lib/helpdesk/caller-check/answer-call.ts";
import { startCodes } from "#lib/helpdesk/caller-check/start-check.ts";
import { decideRequest } from "#lib/helpdesk/two-officers/decide-request.ts";
import { newSpokenCode } from "#lib/kernel/caller-codes.ts";
import { askForReset, reason } from "../two-officers.ts";
import { done, type Stage, withApp } from "./stage.ts";

/** An officer asks for the owner's second factor to be reset. */
export async function requestReset(stage: Stage): Promise<string> {
  await withApp(stage);
  const { ctx } = await stage.world.officer("helpdesk");
  return askForReset(ctx, stage.owner.id);
}

/** A second officer agrees, or not. */
export async function decideReset(stage: Stage, approve: boolean): Promise<void> {
  const requestId = await requestReset(stage);
  const { ctx } = await stage.world.officer("helpdesk");
  await done(decideRequest(ctx, requestId, { approve, reason }));
}

/** A caller who is not signed in has the counterpart sent to their mailbox. */
export async function mailCallerCode({ world, owner }: Stage): Promise<void> {
  const { ctx } = await world.officer("helpdesk");
  const { checkId } = await done(startCodes(ctx, owner.id));
  const code = newSpokenCode(world.ctx.keys, checkId);
  await done(answerCall(world.ctx, code));
  await done(mailCounterpart(world.ctx, code));
}
