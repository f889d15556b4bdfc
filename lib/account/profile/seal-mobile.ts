import type { Context } from "#lib/kernel/context.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { type Sealed, seal, unseal } from "#lib/kernel/sealed.ts";

export const MOBILE_PURPOSE = "account.mobile";

export const sealMobile = (ctx: Pick<Context, "keys" | "random">, accountId: string, mobile: MobileNumber): Sealed =>
  seal(ctx.keys.sealing, ctx.random, mobile, MOBILE_PURPOSE, accountId);

/** The mobile number of an account's row, in E.164; null where there is none. Throws where it was moved or altered. */
export const unsealMobile = (
  ctx: Pick<Context, "keys">,
  row: { id: string; mobileSealed: string | null },
): MobileNumber | null =>
  row.mobileSealed === null
    ? null
    : (unseal(ctx.keys.sealing, row.mobileSealed, MOBILE_PURPOSE, row.id) as MobileNumber);
