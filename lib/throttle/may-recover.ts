import type { Context } from "#lib/kernel/context.ts";
import { consume, type Limited } from "./consume.ts";
import { countedAs } from "./counted-as.ts";
import { limits } from "./limits.ts";

/** What is asked for: a new password, or another second factor. Each is counted for itself. */
export type Recovery = "reset" | "recovery";

/**
 * Spends a request of the client's address: twenty an hour with a solved captcha; three without, and sixty from
 * everybody together. Looks at nobody's account. Refuses `too_many`.
 */
export async function mayRecover(ctx: Context, what: Recovery, captcha: boolean): Promise<Limited> {
  const ip = countedAs(ctx.request.ip);
  const { perAddress, perAddressWithoutCaptcha, withoutCaptchaOverall } = limits.recoveries;
  if (captcha) return consume(ctx.db, what, ip, perAddress);
  const ofAddress = await consume(ctx.db, `${what}-plain`, ip, perAddressWithoutCaptcha);
  return ofAddress.ok ? consume(ctx.db, `${what}-plain-all`, "all", withoutCaptchaOverall) : ofAddress;
}
