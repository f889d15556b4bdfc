import { and, eq, gt, lte, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { letter as letters } from "#db/schema/mail.ts";
import type { Bounce } from "./judge-bounce.ts";

type Row = typeof letters.$inferSelect;
type Mark = { why: Bounce["why"]; isFinal: boolean; since: Date };

/** Why a letter that waited was not sent: its mailbox takes nothing. */
export const ADDRESS_UNDELIVERABLE = "address_undeliverable";

// A column of citext beside one of text would be compared as text.
const isMailbox = (mailbox: string): SQL => sql`${undeliverableMailbox.mailbox} = ${mailbox}::citext`;

/** What is heard of one mailbox at the same time is taken in one after the other. */
const inTurn = (tx: Tx, mailbox: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('undeliverable ' || lower(${mailbox}), 0))`);

/**
 * Notes that a letter came back from its mailbox. Nothing is noted where a later letter has arrived there; of two notes
 * the final one stays, else the later.
 */
export async function markMailbox(tx: Tx, letter: Pick<Row, "id" | "accountId" | "to">, mark: Mark): Promise<void> {
  await inTurn(tx, letter.to);
  const [arrived] = await tx
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(
        eq(letters.accountId, letter.accountId),
        sql`${letters.to}::citext = ${letter.to}::citext`,
        ne(letters.id, letter.id),
        gt(letters.deliveredAt, mark.since),
      ),
    )
    .limit(1);
  if (arrived) return;
  const noted = { ...mark, letterId: letter.id };
  await tx
    .insert(undeliverableMailbox)
    .values({ mailbox: letter.to, ...noted })
    .onConflictDoUpdate({
      target: undeliverableMailbox.mailbox,
      set: noted,
      setWhere: sql`(excluded.is_final, excluded.since) > (${undeliverableMailbox.isFinal}, ${undeliverableMailbox.since})`,
    });
}

/**
 * A letter arrived: what came back before it no longer counts. A complaint does, since who complains reads what arrives.
 */
export async function clearByDelivery(tx: Tx, mailbox: string, deliveredAt: Date): Promise<void> {
  await inTurn(tx, mailbox);
  await tx
    .delete(undeliverableMailbox)
    .where(
      and(isMailbox(mailbox), lte(undeliverableMailbox.since, deliveredAt), ne(undeliverableMailbox.why, "complained")),
    );
}

/**
 * The mail server took a letter to a mailbox it had refused one to: its own refusal no longer counts. What came back from
 * further on does, as that was taken too.
 */
export async function clearByAcceptance(tx: Tx, mailbox: string): Promise<void> {
  await inTurn(tx, mailbox);
  await tx
    .delete(undeliverableMailbox)
    .where(
      and(
        isMailbox(mailbox),
        sql`exists (select 1 from ${letters} where ${letters.id} = ${undeliverableMailbox.letterId} and ${letters.state} = 'refused')`,
      ),
    );
}

/**
 * The address works: an officer says so, or its reader has just proven a letter. Letters go there again. Answers whether
 * anything stood against it. Recording what it was is its caller's part. Whoever holds the account holds it before.
 */
export async function unmarkMailbox(tx: Tx, mailbox: string): Promise<boolean> {
  await inTurn(tx, mailbox);
  const { rowCount } = await tx.delete(undeliverableMailbox).where(isMailbox(mailbox));
  return (rowCount ?? 0) > 0;
}
