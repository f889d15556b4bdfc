import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import type { Letter, LetterKind, Letters } from "#lib/mail/letters.ts";
import { mayNotify } from "./may-notify.ts";

const addressesStatement = {
  name: "addresses_of_account",
  text: `select official_email as "official", case when personal_email_verified_at is not null then personal_email end as "personal"
    from account where id = $1`,
};

/**
 * Owes a notice to every verified address of an account, in the transaction of what it tells of. `of`: notices are
 * counted by it, so that one is not swallowed by another that tells of something else. Beyond the ceiling nothing is
 * owed, and false is answered.
 */
export async function oweNotice<K extends LetterKind>(
  tx: Tx,
  ctx: Context,
  accountId: string,
  kind: K,
  about: Letters[K],
  of: Record<string, string> = {},
): Promise<boolean> {
  if (!(await mayNotify(tx, ctx, accountId, kind, of))) return false;
  await oweToAll(tx, ctx, accountId, kind, about);
  return true;
}

/** The same without a ceiling, where something else holds them back. */
export async function oweToAll<K extends LetterKind>(
  tx: Tx,
  ctx: Context,
  accountId: string,
  kind: K,
  about: Letters[K],
): Promise<void> {
  const [known] = await run<{ official: string; personal: string | null }>(tx, addressesStatement, [accountId]);
  if (!known) throw new Error(`There is no account ${accountId} to tell`);
  for (const to of known.personal ? [known.official, known.personal] : [known.official])
    await enqueue(tx, ctx, { kind, accountId, to, about } as Letter);
}
