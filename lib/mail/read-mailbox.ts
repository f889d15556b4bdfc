import { desc, eq } from "drizzle-orm";
import { mailboxLetter } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";

export type MailboxLetter = Pick<
  typeof mailboxLetter.$inferSelect,
  "letterId" | "to" | "subject" | "text" | "html" | "sentAt"
>;

const columns = {
  letterId: mailboxLetter.letterId,
  to: mailboxLetter.to,
  subject: mailboxLetter.subject,
  text: mailboxLetter.text,
  html: mailboxLetter.html,
  sentAt: mailboxLetter.sentAt,
};

/** The letters of the visible mailbox, newest first; with `to` those to this address alone. */
export const readMailbox = (ctx: Pick<Context, "db">, atMost: number, to?: string): Promise<MailboxLetter[]> =>
  ctx.db
    .select(columns)
    .from(mailboxLetter)
    .where(to === undefined ? undefined : eq(mailboxLetter.to, to))
    .orderBy(desc(mailboxLetter.id))
    .limit(atMost);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One letter of the visible mailbox by its id; undefined for anything else. */
export async function readMailboxLetter(
  ctx: Pick<Context, "db">,
  letterId: string,
): Promise<MailboxLetter | undefined> {
  if (!UUID.test(letterId)) return undefined;
  const [found] = await ctx.db.select(columns).from(mailboxLetter).where(eq(mailboxLetter.letterId, letterId));
  return found;
}
