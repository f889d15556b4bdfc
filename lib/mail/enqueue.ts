import type { Tx } from "#db/client.ts";
import { letter as letters } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { LETTERS_QUEUE, type Letter, type LetterJob } from "./letters.ts";
import { sendJob, sendJobs } from "./send-job.ts";

/**
 * Owes a letter, in the transaction of what it tells of: rolled back, there is neither letter nor job; committed, the worker
 * is woken and hands it over within tens of milliseconds, or not before the moment that is named. Nothing readable is stored, only what the letter is about.
 */
export async function enqueue(
  tx: Tx,
  ctx: Pick<Context, "now" | "random">,
  letter: Letter,
  { notBefore }: { notBefore?: Date } = {},
): Promise<void> {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const { kind, accountId, to, about } = letter;
  await tx.insert(letters).values({ id, accountId, kind, to, about, state: "queued", createdAt: now });
  await sendJob<LetterJob>(tx, LETTERS_QUEUE, { letterId: id }, id, notBefore ? { startAfter: notBefore } : {});
}

/** Many letters at once, as `enqueue` owes one: two statements, however many. */
export async function enqueueAll(
  tx: Tx,
  ctx: Pick<Context, "now" | "random">,
  owed: readonly (Letter & { notBefore?: Date })[],
): Promise<void> {
  if (owed.length === 0) return;
  const now = ctx.now();
  const rows = owed.map(({ notBefore, ...letter }) => ({ id: uuidv7(now, ctx.random), letter, notBefore }));
  await tx.insert(letters).values(
    rows.map(({ id, letter: { kind, accountId, to, about } }) => ({
      id,
      accountId,
      kind,
      to,
      about,
      state: "queued" as const,
      createdAt: now,
    })),
  );
  await sendJobs<LetterJob>(
    tx,
    LETTERS_QUEUE,
    rows.map(({ id, notBefore }) => ({ id, data: { letterId: id }, ...(notBefore && { startAfter: notBefore }) })),
  );
}
