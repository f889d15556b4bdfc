import type { Context } from "#lib/kernel/context.ts";
import { unseal } from "#lib/kernel/sealed.ts";

/** What the words of a request for access are sealed as. They are read here, since they are in their owner's copy too. */
export const REQUEST_NOTE = "access_request.note";
export const REQUEST_REFUSAL = "access_request.refusal";

/** What was written into a request for access; null where nothing. */
export const readRequestWords = (
  ctx: Pick<Context, "keys">,
  { id, noteSealed, refusalSealed }: { id: string; noteSealed: string | null; refusalSealed: string | null },
): { note: string | null; refusal: string | null } => ({
  note: noteSealed && unseal(ctx.keys.sealing, noteSealed, REQUEST_NOTE, id),
  refusal: refusalSealed && unseal(ctx.keys.sealing, refusalSealed, REQUEST_REFUSAL, id),
});
