import { asc, desc, eq } from "drizzle-orm";
import { account as accounts, activationLink } from "#db/schema/account.ts";
import { letter, mailboxLetter } from "#db/schema/mail.ts";
import { issueActivationLink } from "#lib/account/activation/activation-link.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Agency } from "#lib/mail/agency.ts";
import { deliver } from "#lib/mail/deliver.ts";
import { mailboxTransport } from "#lib/mail/transports/mailbox.ts";
import { type HandOver, type Message, type Transport, taken } from "#lib/mail/transports/transport.ts";

/** For tests of the letters, which stand below it. */
export { tellOfNewBrowser } from "#lib/session/tell-of-new-browser.ts";

export const exampleAgency: Agency = {
  nameMs: "Jabatan Perkhidmatan Contoh",
  nameEn: "Contoh Department of Services",
  address: "Aras 3, Blok Teladan, Jalan Contoh\n00000 Bandar Contoh",
  helpdeskPhone: "03-0000 1234",
  helpdeskEmail: "bantuan@contoh.example.gov.my",
};

export const exampleSender = {
  name: "Kunci, Jabatan Perkhidmatan Contoh",
  address: "kunci@contoh.example.gov.my",
  replyTo: exampleAgency.helpdeskEmail,
};

export type Mail = typeof mailboxLetter.$inferSelect;

/**
 * Hands over every letter owed at this moment of the context's clock, oldest first, each tried once, and answers the
 * mailbox, oldest first. No worker and no waiting: what a transaction owed is found by its row. With another
 * `transport` the mailbox stays as it was.
 */
export async function drainMail(ctx: Context, transport: Transport = mailboxTransport(ctx.db)): Promise<Mail[]> {
  const owed = await ctx.db
    .select({ id: letter.id })
    .from(letter)
    .where(eq(letter.state, "queued"))
    .orderBy(asc(letter.createdAt), asc(letter.id));
  for (const { id } of owed) await deliver(ctx, { transport, agency: exampleAgency }, id);
  return readMailbox(ctx);
}

export const readMailbox = (ctx: Context): Promise<Mail[]> =>
  ctx.db.select().from(mailboxLetter).orderBy(asc(mailboxLetter.id));

/** A transport that answers as told and remembers what it was offered. */
export function scriptedTransport(
  answer: (message: Message, times: number) => HandOver | Promise<HandOver> = () => taken,
) {
  const offered: Message[] = [];
  const transport: Transport = {
    name: "smtp",
    handOver: async (message) => answer(message, offered.push(message)),
    close: async () => {},
  };
  return { transport, offered };
}

/**
 * Issues a link as the account room does, its letter owed with it. Answers the account's newest link where it is a new
 * one; null where the limits held it back.
 */
export async function issueLink(
  ctx: Context,
  accountId: string,
  knownBrowser = true,
): Promise<typeof activationLink.$inferSelect | null> {
  const before = await newestLink(ctx, accountId);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for("update");
    if (row) await issueActivationLink(tx, ctx, row, knownBrowser);
  });
  const newest = await newestLink(ctx, accountId);
  return newest && newest.id !== before?.id ? newest : null;
}

async function newestLink(ctx: Context, accountId: string) {
  const [row] = await ctx.db
    .select()
    .from(activationLink)
    .where(eq(activationLink.accountId, accountId))
    .orderBy(desc(activationLink.createdAt), desc(activationLink.id))
    .limit(1);
  return row ?? null;
}
