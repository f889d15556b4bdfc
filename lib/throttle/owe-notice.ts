import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import type { Letter, LetterKind, Letters } from "#lib/mail/letters.ts";
import { isUnproven, mayNotify } from "./may-notify.ts";

const addressesStatement = {
  name: "addresses_of_account",
  text: `select case when not ${isUnproven} then official_email end as "official",
      case when personal_email_verified_at is not null then personal_email end as "personal"
    from account where id = $1`,
};

/**
 * Owes a notice to every verified address of an account, in the transaction of what it tells of. `of`: notices are
 * counted by it, so that one is not swallowed by another that tells of something else. Beyond the ceiling nothing is
 * owed, nor to an account without such an address, and false is answered.
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
  return oweToAll(tx, ctx, accountId, kind, about);
}

/** The same without a ceiling, where something else holds them back. */
export async function oweToAll<K extends LetterKind>(
  tx: Tx,
  ctx: Context,
  accountId: string,
  kind: K,
  about: Letters[K],
): Promise<boolean> {
  const [known] = await run<{ official: string | null; personal: string | null }>(tx, addressesStatement, [accountId]);
  if (!known) throw new Error(`There is no account ${accountId} to tell`);
  const addresses = [known.official, known.personal].filter((to) => to !== null);
  for (const to of addresses) await enqueue(tx, ctx, { kind, accountId, to, about } as Letter);
  return addresses.length > 0;
}
