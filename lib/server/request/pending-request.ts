import type { Context } from "#lib/kernel/context.ts";
import { canonical, type IdentityNumber, parseCanonical } from "#lib/kernel/identity-number.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { readCookie, setCookie } from "./browser-cookies.ts";

/** What a browser last asked a letter for: typed by the person, so it tells nothing of accounts. */
export type PendingRequest = { identity: IdentityNumber; officialEmail: string | null; requestedAt: Date };

const PURPOSE = "cookie.pending";

/** Remembers it in this browser, sealed, so that `Hantar semula` and the typed code need no identity again. */
export async function rememberRequest(ctx: Context, request: PendingRequest): Promise<void> {
  const plain = JSON.stringify([canonical(request.identity), request.officialEmail, request.requestedAt.getTime()]);
  await setCookie("pending", seal(ctx.keys.cookie, ctx.random, plain, PURPOSE, ""));
}

/** What was remembered; nothing where there is none, or it was tampered with. */
export async function pendingRequest(ctx: Context): Promise<PendingRequest | null> {
  const sealed = await readCookie("pending");
  if (!sealed) return null;
  try {
    const [identity, officialEmail, requestedAt] = JSON.parse(unseal(ctx.keys.cookie, sealed, PURPOSE, "")) as [
      string,
      string | null,
      number,
    ];
    return { identity: parseCanonical(identity), officialEmail, requestedAt: new Date(requestedAt) };
  } catch {
    return null;
  }
}
