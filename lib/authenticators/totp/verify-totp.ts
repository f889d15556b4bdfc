import { run } from "#db/named.ts";
import type { SignInReason } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { unseal } from "#lib/kernel/sealed.ts";
import { fitTotp, newTotpSecret, readTotpCode } from "./codes.ts";
import { TOTP_PURPOSE } from "./find-totp.ts";

const findStatement = {
  name: "totp_of_account",
  text: `select id, secret_sealed as "secretSealed" from totp_credential where account_id = $1`,
};

const acceptStatement = {
  name: "totp_accept",
  text: "update totp_credential set last_step = $2, last_used_at = $3 where id = $1 and last_step < $2 returning id",
};

/**
 * Whether this is a code of the account's app, for one sign-in: each step opens once, and none before it. A code of
 * nobody's account is looked for as long, under a secret that is thrown away.
 */
export async function verifyTotp(
  ctx: Context,
  of: { accountId: string | null; ceremonyId: string },
  typed: string,
): Promise<Result<{ credential: string }, SignInReason>> {
  const [held] = await run<{ id: string; secretSealed: string }>(ctx.db, findStatement, [of.accountId]);
  const secret = held ? unseal(ctx.keys.sealing, held.secretSealed, TOTP_PURPOSE, held.id) : newTotpSecret(ctx.random);
  const code = readTotpCode(typed);
  const fit = code === null ? null : fitTotp(secret, code, ctx.now());
  if (!held) return refuse(of.accountId === null ? "no_account" : "not_enrolled");
  if (!fit) return refuse("wrong_code");
  if ("skew" in fit) return refuse("clock_skew");
  const [accepted] = await run(ctx.db, acceptStatement, [held.id, fit.step, ctx.now()]);
  return accepted ? ok({ credential: held.id }) : refuse("code_used");
}
