import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { Tx } from "#db/client.ts";
import { letter as letters } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { LETTERS_QUEUE, type Letter, type LetterJob } from "./letters.ts";

/**
 * Owes a letter, in the transaction of what it tells of: rolled back, there is neither letter nor job; committed, the worker
 * is woken and hands it over within tens of milliseconds. Nothing readable is stored, only what the letter is about.
 */
export async function enqueue(tx: Tx, ctx: Pick<Context, "now" | "random">, letter: Letter): Promise<void> {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const { kind, accountId, to, about } = letter;
  await tx.insert(letters).values({ id, accountId, kind, to, about, state: "queued", createdAt: now });
  await sendJob(tx, { letterId: id });
}

let sender: PgBoss | undefined;

/**
 * The sending side of pg-boss is never started and has no connections of its own, so a request pays one statement for it.
 * It reads the queue's settings in the first transaction that sends, and is kept only when that worked.
 */
async function sendJob(tx: Tx, job: LetterJob): Promise<void> {
  const db = fromDrizzle(tx, sql);
  const boss = sender ?? new PgBoss({ db });
  await boss.send(LETTERS_QUEUE, job, { id: job.letterId, db });
  sender = boss;
}
