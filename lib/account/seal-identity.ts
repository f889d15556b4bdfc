import type { Context } from "#lib/kernel/context.ts";
import { canonical, type IdentityNumber, parseCanonical } from "#lib/kernel/identity-number.ts";
import { type Sealed, seal, unseal } from "#lib/kernel/sealed.ts";

export const IDENTITY_PURPOSE = "account.identity";

export const sealIdentity = (
  ctx: Pick<Context, "keys" | "random">,
  accountId: string,
  identity: IdentityNumber,
): Sealed => seal(ctx.keys.sealing, ctx.random, canonical(identity), IDENTITY_PURPOSE, accountId);

/** The identity number of an account's row. Throws where it was altered or moved there from another row. */
export const unsealIdentity = (
  ctx: Pick<Context, "keys">,
  row: { id: string; identitySealed: string },
): IdentityNumber => parseCanonical(unseal(ctx.keys.sealing, row.identitySealed, IDENTITY_PURPOSE, row.id));
