import type { Context } from "#lib/kernel/context.ts";
import { type Sealed, seal, unseal } from "#lib/kernel/sealed.ts";

export const PHRASE_PURPOSE = "security_phrase";

export const sealPhrase = (ctx: Pick<Context, "keys" | "random">, accountId: string, phrase: string): Sealed =>
  seal(ctx.keys.sealing, ctx.random, phrase, PHRASE_PURPOSE, accountId);

/** The phrase of an account's row. Throws where it was altered or moved there from another row. */
export const unsealPhrase = (ctx: Pick<Context, "keys">, accountId: string, sealed: string): string =>
  unseal(ctx.keys.sealing, sealed, PHRASE_PURPOSE, accountId);
