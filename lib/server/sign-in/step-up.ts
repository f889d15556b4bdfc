import { deflateRawSync, inflateRawSync } from "node:zlib";
import { redirect } from "next/navigation";
import type { Aal } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { beginStepUp, beginStepUpFor } from "#lib/sign-in/begin-step-up.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { clearCookie, readCookie, setCookie } from "../request/browser-cookies.ts";
import { currentContext } from "../request/current-context.ts";
import { currentSession, requireSession } from "../request/current-session.ts";

const PURPOSE = "cookie.typed";
/** A browser keeps 4,096 bytes a cookie; more than this, sealed, would be dropped silently. */
const MOST = 3_000;
/** What fits in a cookie when it is packed is at most a few times this. */
const MOST_UNPACKED = 65_536;

// A page of addresses is long and repeats itself.
const packed = (text: string): string => deflateRawSync(text).toString("base64url");
const unpacked = (text: string): string =>
  inflateRawSync(Buffer.from(text, "base64url"), { maxOutputLength: MOST_UNPACKED }).toString("utf8");

/**
 * Asks the signed-in person for what is missing and leads back to `path`, which may then read what was typed there with
 * `typedBefore`. Never secrets. For actions: never returns.
 */
export async function stepUp(path: string, typed: Record<string, string> = {}, required?: Aal): Promise<never> {
  const { ctx, session } = await requireSession(path);
  const kept = packed(JSON.stringify([path, typed]));
  if (Object.keys(typed).length > 0 && kept.length <= MOST)
    await setCookie("typed", seal(ctx.keys.cookie, ctx.random, kept, PURPOSE, session.id));
  const begun = await beginStepUp(ctx, path, required);
  if (begun.step === "enough") redirect(path);
  if (begun.step === "signed_out") redirect(signInPath(path));
  await setCookie("sign-in", begun.ceremonyToken);
  redirect("/sign-in/step-up");
}

/**
 * Asks the signed-in person for what a system asks of them and they have not proven, and leads back to `path`. Never returns.
 */
export async function stepUpForSystem(
  ctx: Context,
  path: string,
  asked: Parameters<typeof beginStepUpFor>[2],
): Promise<never> {
  const begun = await beginStepUpFor(ctx, path, asked);
  if (begun.step === "enough") redirect(path);
  if (begun.step === "signed_out") redirect(signInPath(path));
  await setCookie("sign-in", begun.ceremonyToken);
  redirect("/sign-in/step-up");
}

/** What was typed on this page before its step-up, for filling it in again; nothing of another page or session. */
export async function typedBefore(path: string): Promise<Record<string, string> | null> {
  const [sealed, session, { keys }] = await Promise.all([readCookie("typed"), currentSession(), currentContext()]);
  if (!sealed || !session) return null;
  try {
    const [of, typed] = JSON.parse(unpacked(unseal(keys.cookie, sealed, PURPOSE, session.id))) as [
      string,
      Record<string, string>,
    ];
    return of === path ? typed : null;
  } catch {
    return null;
  }
}

/** Once the change is done: what was typed for it is no longer needed. */
export const forgetTyped = (): Promise<void> => clearCookie("typed");
