import { asc, eq } from "drizzle-orm";
import { letter, mailboxLetter } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Agency } from "#lib/mail/agency.ts";
import { deliver } from "#lib/mail/deliver.ts";
import { mailboxTransport } from "#lib/mail/transports/mailbox.ts";
import type { Transport } from "#lib/mail/transports/transport.ts";

export const exampleAgency: Agency = {
  nameMs: "Jabatan Perkhidmatan Contoh",
  nameEn: "Contoh Department of Services",
  address: "Aras 3, Blok Teladan, Jalan Contoh\n00000 Bandar Contoh",
  helpdeskPhone: "03-0000 1234",
  helpdeskEmail: "bantuan@contoh.example.gov.my",
};

export type Mail = typeof mailboxLetter.$inferSelect;

/**
 * Hands over every letter owed at this moment of the context's clock, oldest first, each tried once, and answers the mailbox, oldest first.
 * No worker and no waiting: what a transaction owed is found by its row. With another `transport` the mailbox stays as it was.
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
