import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { after, hours } from "#lib/kernel/time.ts";

/** A sign-out that a relying party asked for, as the provider found it in order: its address to lead back to is registered. */
export type SignOutAsked = {
  /** Null where no relying party said who it is: then nothing leads back. */
  clientId: string | null;
  postLogoutRedirectUri: string | null;
  state: string | null;
};

/** How long the page that asks may stand open. */
const LIFETIME = hours(1);
const PURPOSE = "oidc.sign-out";

/** Hands what was asked for to the page that asks, in its address: sealed, so that nobody but the provider can have said it. */
export const sealSignOut = (ctx: Pick<Context, "keys" | "random" | "now">, asked: SignOutAsked): string =>
  seal(ctx.keys.cookie, ctx.random, JSON.stringify({ asked, at: ctx.now().toISOString() }), PURPOSE, "");

/** Null where it was altered, is an hour old, or was never sealed here. */
export function openSignOut(ctx: Pick<Context, "keys" | "now">, sealed: unknown): SignOutAsked | null {
  if (typeof sealed !== "string") return null;
  try {
    const { asked, at } = JSON.parse(unseal(ctx.keys.cookie, sealed, PURPOSE, "")) as {
      asked: SignOutAsked;
      at: string;
    };
    return after(new Date(at), LIFETIME) > ctx.now() ? asked : null;
  } catch {
    return null;
  }
}
