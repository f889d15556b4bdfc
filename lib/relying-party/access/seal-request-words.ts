import { REQUEST_NOTE, REQUEST_REFUSAL } from "#lib/account/read-request-words.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal } from "#lib/kernel/sealed.ts";

/** In code points: a few sentences. */
export const NOTE_MAX = 500;

type Sealing = Pick<Context, "keys" | "random">;

/** What for, in the words of whoever asks. */
export const sealNote = (ctx: Sealing, requestId: string, note: string): string =>
  seal(ctx.keys.sealing, ctx.random, note, REQUEST_NOTE, requestId);

/** Why not, as whoever asked reads it. */
export const sealRefusal = (ctx: Sealing, requestId: string, refusal: string): string =>
  seal(ctx.keys.sealing, ctx.random, refusal, REQUEST_REFUSAL, requestId);
