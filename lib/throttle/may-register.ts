import type { Context } from "#lib/kernel/context.ts";
import { consume, type Limited } from "./consume.ts";
import { countedAs } from "./counted-as.ts";
import { limits } from "./limits.ts";

/**
 * Spends a registration of the client's address: twenty an hour with a solved captcha; three without, and sixty from
 * everybody together. Refuses `too_many`.
 */
export async function mayRegister(ctx: Context, captcha: boolean): Promise<Limited> {
  const ip = countedAs(ctx.request.ip);
  if (captcha) return consume(ctx.db, "register", ip, limits.registrations.perAddress);
  const ofAddress = await consume(ctx.db, "register-plain", ip, limits.registrations.perAddressWithoutCaptcha);
  return ofAddress.ok
    ? consume(ctx.db, "register-plain-all", "all", limits.registrations.withoutCaptchaOverall)
    : ofAddress;
}
