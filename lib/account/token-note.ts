import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";

export const TOKEN_NOTE_PURPOSE = "hardware_token_event.note";

/** What was said when a token moved: sealed, since it may name people. Bound to its token. */
export const sealNote = (ctx: Pick<Context, "keys" | "random">, note: string, tokenId: string): string =>
  seal(ctx.keys.sealing, ctx.random, note, TOKEN_NOTE_PURPOSE, tokenId);

export const unsealNote = (ctx: Pick<Context, "keys">, sealed: string, tokenId: string): string =>
  unseal(ctx.keys.sealing, sealed, TOKEN_NOTE_PURPOSE, tokenId);
