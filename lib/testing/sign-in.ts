import type { Context } from "#lib/kernel/context.ts";
import { beginSignIn } from "#lib/sign-in/begin-sign-in.ts";
import type { SignInAnswer } from "#lib/sign-in/finish-proof.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import type { WorldAccount } from "./add-account.ts";

/** One whole sign-in with a password, for tests of rooms that stand below it. */
export async function signInWithPassword(
  ctx: Context,
  owner: Pick<WorldAccount, "identity">,
  password: string,
): Promise<SignInAnswer> {
  const ceremonyToken = await begunSignIn(ctx, owner);
  return provePassword(ctx, ceremonyToken, password, null);
}

/** The secret of a sign-in that waits for its first proof. */
export const begunSignIn = async (ctx: Context, owner: Pick<WorldAccount, "identity">): Promise<string> =>
  (await beginSignIn(ctx, owner.identity, null)).ceremonyToken;

/** The password of a sign-in that was begun. */
export const givePassword = (ctx: Context, ceremonyToken: string, password: string): Promise<SignInAnswer> =>
  provePassword(ctx, ceremonyToken, password, null);
