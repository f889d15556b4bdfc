import { currentActivation } from "#lib/account/activation/activation.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";

/** The activation of this browser, for its pages. Without one, why not. */
export async function activationOfBrowser() {
  const [ctx, token] = await Promise.all([currentContext(), readCookie("activation")]);
  const activation = token ? await currentActivation(ctx, token) : null;
  if (activation?.ok) {
    const secondsLeft = Math.max(0, Math.floor((activation.value.expiresAt.getTime() - ctx.now().getTime()) / 1_000));
    return { ctx, activation: activation.value, secondsLeft, why: null };
  }
  return {
    ctx,
    activation: null,
    secondsLeft: 0,
    why: activation?.error === "used" ? ("used" as const) : ("ceremonyExpired" as const),
  };
}
