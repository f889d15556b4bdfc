import type { Context } from "#lib/kernel/context.ts";
import { readCookie, setCookie } from "./browser-cookies.ts";
import { currentContext } from "./current-context.ts";

/** What this portal gives: 128 random bits. Anything else was not made here, and is replaced. */
const OURS = /^[\w-]{22}$/;

/** The context of an action, in a browser that has a secret from now on: everybody gets one, so that it tells nothing. */
export async function browserContext(): Promise<Context> {
  const ctx = await currentContext();
  const kept = await readCookie("device");
  const deviceToken = kept && OURS.test(kept) ? kept : ctx.random(16).toString("base64url");
  await setCookie("device", deviceToken);
  return { ...ctx, request: { ...ctx.request, deviceToken } };
}
