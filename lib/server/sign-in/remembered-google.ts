import { ownsIdentity } from "#lib/account/activation/owns-identity.ts";
import type { GoogleIdentity } from "#lib/authenticators/google/google-identity.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import { clearCookie, readCookie, setCookie } from "../request/browser-cookies.ts";

/**
 * A Google account that this browser came back from Google with, for later. `whose` says for whom: nobody yet, the
 * number that was registered with it (its blind index), or the account that was about to link it. Nobody else on the
 * same computer is shown it.
 */
export type RememberedGoogle = GoogleIdentity & {
  name: string | null;
  whose: { identityIndex: string } | { accountId: string } | null;
};

const PURPOSE = "cookie.google-account";
/** Until the registration it came with would lapse. */
const REMEMBERED_FOR = limits.registrationLapsesAfter;
/** For filling in the form. */
const UNUSED_FOR = hours(1);

export async function rememberGoogle(ctx: Context, google: RememberedGoogle): Promise<void> {
  const { subject, email, name, whose } = google;
  const plain = JSON.stringify([{ subject, email, name, whose } satisfies RememberedGoogle, ctx.now().getTime()]);
  await setCookie("google-account", seal(ctx.keys.cookie, ctx.random, plain, PURPOSE, ""));
}

/** Somebody came with it and has registered this number: to be offered to whoever that number turns out to be. */
export async function rememberGoogleFor(ctx: Context, identity: IdentityNumber): Promise<void> {
  const google = await googleForRegistration(ctx);
  if (google) await rememberGoogle(ctx, { ...google, whose: { identityIndex: blindIndex(ctx.keys, identity) } });
}

/** The account that somebody has just begun to register with; of another's registration nothing. */
export async function googleForRegistration(ctx: Context): Promise<RememberedGoogle | null> {
  const google = await rememberedGoogle(ctx);
  return google?.whose === null ? google : null;
}

/** What was remembered; nothing where there is none, it is too old, or it was tampered with. */
async function rememberedGoogle(ctx: Context): Promise<RememberedGoogle | null> {
  const sealed = await readCookie("google-account");
  if (!sealed) return null;
  try {
    const [google, at] = JSON.parse(unseal(ctx.keys.cookie, sealed, PURPOSE, "")) as [RememberedGoogle, number];
    return after(new Date(at), google.whose ? REMEMBERED_FOR : UNUSED_FOR) > ctx.now() ? google : null;
  } catch {
    return null;
  }
}

/** The same, where it was remembered for this account: its owner may link it with one press. */
export async function googleToOffer(ctx: Context, accountId: string): Promise<RememberedGoogle | null> {
  const google = await rememberedGoogle(ctx);
  if (!google?.whose) return null;
  const { whose } = google;
  const isTheirs =
    "accountId" in whose ? whose.accountId === accountId : await ownsIdentity(ctx, accountId, whose.identityIndex);
  return isTheirs ? google : null;
}

export const forgetGoogle = (): Promise<void> => clearCookie("google-account");
