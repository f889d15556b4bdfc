import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";

const NOTE = "access_request.note";
const REFUSAL = "access_request.refusal";

/** In code points: a few sentences. */
export const NOTE_MAX = 500;

type Sealing = Pick<Context, "keys" | "random">;

/** What for, in the words of whoever asks. */
export const sealNote = (ctx: Sealing, requestId: string, note: string): string =>
  seal(ctx.keys.sealing, ctx.random, note, NOTE, requestId);

/** Why not, as whoever asked reads it. */
export const sealRefusal = (ctx: Sealing, requestId: string, refusal: string): string =>
  seal(ctx.keys.sealing, ctx.random, refusal, REFUSAL, requestId);

/** What was written into a request for access; null where nothing. */
export const readRequestWords = (
  ctx: Pick<Context, "keys">,
  { id, noteSealed, refusalSealed }: { id: string; noteSealed: string | null; refusalSealed: string | null },
): { note: string | null; refusal: string | null } => ({
  note: noteSealed && unseal(ctx.keys.sealing, noteSealed, NOTE, id),
  refusal: refusalSealed && unseal(ctx.keys.sealing, refusalSealed, REFUSAL, id),
});
