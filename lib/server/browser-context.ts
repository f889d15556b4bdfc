import type { Context } from "#lib/kernel/context.ts";
import { readCookie, setCookie } from "./browser-cookies.ts";
import { currentContext } from "./current-context.ts";

/** The context of an action, in a browser that has a secret from now on: everybody gets one, so that it tells nothing. */
export async function browserContext(): Promise<Context> {
  const ctx = await currentContext();
  const deviceToken = (await readCookie("device")) ?? ctx.random(16).toString("base64url");
  await setCookie("device", deviceToken);
  return { ...ctx, request: { ...ctx.request, deviceToken } };
}
