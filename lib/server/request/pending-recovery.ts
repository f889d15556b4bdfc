import type { Context } from "#lib/kernel/context.ts";
import { canonical, type IdentityNumber, parseCanonical } from "#lib/kernel/identity-number.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { type BrowserCookie, readCookie, setCookie } from "./browser-cookies.ts";

/** For whom a browser last asked a way back in: typed by the person, so it tells nothing of accounts. */
export type PendingRecovery = {
  identity: IdentityNumber;
  officialEmail: string;
  requestedAt: Date;
  /** Whether a captcha was solved for it: asking again counts like asking. */
  captcha: boolean;
};

const purpose = (cookie: BrowserCookie) => `cookie.${cookie}`;

/** Remembers it in this browser, sealed, so that `Hantar semula` and the typed code ask for nothing again. */
export async function rememberRecovery(ctx: Context, cookie: BrowserCookie, asked: PendingRecovery): Promise<void> {
  const { identity, officialEmail, requestedAt, captcha } = asked;
  const plain = JSON.stringify([canonical(identity), officialEmail, requestedAt.getTime(), captcha]);
  await setCookie(cookie, seal(ctx.keys.cookie, ctx.random, plain, purpose(cookie), ""));
}

/** What was remembered; nothing where there is none, or it was tampered with. */
export async function pendingRecovery(ctx: Context, cookie: BrowserCookie): Promise<PendingRecovery | null> {
  const sealed = await readCookie(cookie);
  if (!sealed) return null;
  try {
    const [identity, officialEmail, requestedAt, captcha] = JSON.parse(
      unseal(ctx.keys.cookie, sealed, purpose(cookie), ""),
    ) as [string, string, number, boolean];
    return { identity: parseCanonical(identity), officialEmail, requestedAt: new Date(requestedAt), captcha };
  } catch {
    return null;
  }
}
