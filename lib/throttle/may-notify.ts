import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { letter } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { LetterKind } from "#lib/mail/letters.ts";
import { countLetters, mayGoAfter } from "./letters-of-late.ts";

/**
 * Whether an account is in use whose official mailbox nobody has shown to read: it was activated in person. That mailbox may
 * be a stranger's, and by the links of its notices they would lock the account, or take it over.
 */
export const isUnproven = "(official_email_verified_at is null and activated_at is not null)";

/**
 * Whether another notice of this kind may go to its owner now; `of` narrows it to those that tell of one thing (`{
 * change: … }`), so that a notice of one change is not swallowed by that of another. Exact where the caller holds the
 * account's row.
 */
export async function mayNotify(
  tx: Tx,
  ctx: Context,
  accountId: string,
  kind: LetterKind,
  of: Record<string, string> = {},
): Promise<boolean> {
  const about = sql`${letter.about} @> ${JSON.stringify(of)}::jsonb`;
  // A notice goes to every address of its owner: by the one at the official mailbox it is counted, once; else by the other's.
  const once = sql`exists (select from account where id = ${accountId} and (${letter.to} = official_email::text
    or ${sql.raw(isUnproven)} and ${letter.to} = personal_email::text))`;
  const meant = and(eq(letter.accountId, accountId), eq(letter.kind, kind), once, about);
  return mayGoAfter(await countLetters(tx, letter, meant, ctx.now()));
}
