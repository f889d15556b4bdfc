import { eq } from "drizzle-orm";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { letter as letters } from "#db/schema/mail.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { drainMail } from "./mail.ts";
import type { World, WorldAccount } from "./new-world.ts";

type Row = typeof letters.$inferSelect;

/** Owes an account's owner a notice that makes sense at any time. Answers its row. */
export async function oweNotice(world: World, whose: WorldAccount, to = whose.officialEmail): Promise<Row> {
  const about = { change: "two_factors_on", from: "Chrome pada Windows", at: world.now().toISOString() } as const;
  const before = new Set((await world.mails()).map(({ id }) => id));
  await world.db.transaction((tx) =>
    enqueue(tx, world.ctx, { kind: "security_change", accountId: whose.id, to, about }),
  );
  const owed = (await world.mails()).find(({ id }) => !before.has(id));
  if (!owed) throw new Error("No letter was owed");
  return owed;
}

/** The same, handed over. */
export async function sendNotice(world: World, whose: WorldAccount): Promise<Row> {
  const { id } = await oweNotice(world, whose);
  await drainMail(world.asSystem());
  return letterNow(world, id);
}

export async function letterNow({ db }: Pick<World, "db">, id: string): Promise<Row> {
  const [row] = await db.select().from(letters).where(eq(letters.id, id));
  if (!row) throw new Error("The letter is gone");
  return row;
}

/** The marks on mailboxes, by mailbox. */
export const marksNow = ({ db }: Pick<World, "db">) =>
  db.select().from(undeliverableMailbox).orderBy(undeliverableMailbox.mailbox);

/** An id that no letter has. */
export const unknownLetter = (world: World): string => uuidv7(world.now(), world.ctx.random);

/** For tests of the letters, which stand below it. */
export { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
