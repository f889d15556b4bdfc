import { setImmediate } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { office } from "#db/schema/office.ts";
import { staffImport, staffImportChunk } from "#db/schema/staff-register.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { drawAhead } from "#lib/kernel/draw-ahead.ts";
import { lacking, type Mapping } from "../columns/mapping.ts";
import { FileRefused } from "../file/file-refused.ts";
import { readRows } from "../file/read-rows.ts";
import { officeMatcher } from "../row/match-office.ts";
import { parseRow } from "../row/parse-row.ts";
import { commitLazily } from "./commit-lazily.ts";
import { countRows } from "./count-rows.ts";
import { openKeptFile } from "./kept-file.ts";
import { type Layout, layOut } from "./lay-out.ts";
import { type Staged, stagedRow, stageRows } from "./stage-rows.ts";

/** Rows of one transaction: a hundredth of a second's work for everybody else, and little lost by a kill. */
const AT_ONCE = 1_000;
/** Rows after which whatever else this process has to do has its turn: the database's answers, and everybody's pages. */
const IN_A_ROW = 50;

type Import = typeof staffImport.$inferSelect;

/**
 * Reads a file on from where it was left: how it is built, which column holds what, and its rows, a batch a transaction.
 * Ends in the preview, in asking for the columns, or in why the file cannot be read. Safe to repeat and to run twice at
 * once: a batch that somebody else has read is not read again. `atOnce`: rows of one transaction.
 */
export async function readRegister(ctx: Context, importId: string, atOnce: number = AT_ONCE): Promise<void> {
  const [found] = await ctx.db.select().from(staffImport).where(eq(staffImport.id, importId));
  if (found?.state !== "reading") return;
  try {
    const known = found.layout ? found : await settleLayout(ctx, found);
    if (known) await readOn(ctx, known, atOnce);
  } catch (fault) {
    if (!(fault instanceof FileRefused)) throw fault;
    await ctx.db.transaction(async (tx) => {
      const ended = { state: "refused", refusal: fault.refusal, endedAt: ctx.now() } as const;
      if (await moved(tx, importId, ended))
        await tx.delete(staffImportChunk).where(eq(staffImportChunk.importId, importId));
    });
  }
}

/** Null where somebody has to say which column holds what. */
async function settleLayout(ctx: Context, { id, size }: Import): Promise<Import | null> {
  const { layout, mapping } = await layOut(openKeptFile(ctx, id, size));
  const isClear = lacking(mapping).length === 0;
  const settled = isClear ? { layout, mapping } : { layout, mapping, state: "columns" as const };
  const [row] = await ctx.db
    .update(staffImport)
    .set(settled)
    .where(and(eq(staffImport.id, id), eq(staffImport.state, "reading")))
    .returning();
  return isClear ? (row ?? null) : null;
}

async function readOn(
  ctx: Context,
  { id, size, layout: built, mapping, readTo }: Import,
  atOnce: number,
): Promise<void> {
  const layout = built as Layout;
  const offices = await ctx.db.select().from(office);
  const reading = {
    mapping: mapping as Mapping,
    findOffice: officeMatcher(offices),
    emailDomains: ctx.policy.emailDomains,
    from1904: layout.file.kind === "xlsx" && layout.file.from1904,
  };
  const sealing = { keys: ctx.keys, now: ctx.now, random: drawAhead(ctx.random) };
  let [cursor, batch]: [number, Staged[]] = [readTo, []];
  // One batch is with the database while the next is read and sealed, and no more: memory stays as it is.
  let before: Promise<boolean> = Promise.resolve(true);
  const keep = async (): Promise<boolean> => {
    if (!(await before)) return false;
    before = keepBatch(ctx, id, cursor, batch);
    // Whoever waits for it hears of its failure.
    before.catch(() => undefined);
    cursor = batch.at(-1)?.line ?? cursor;
    batch = [];
    return true;
  };
  try {
    for await (const row of readRows(openKeptFile(ctx, id, size), layout.file)) {
      if (row.line <= layout.titleLine || row.line <= cursor) continue;
      batch.push(stagedRow(sealing, parseRow(row, reading)));
      if (batch.length % IN_A_ROW === 0) await setImmediate();
      if (batch.length === atOnce && !(await keep())) return;
    }
    if (batch.length > 0 && !(await keep())) return;
  } finally {
    // Nothing goes on behind the back of whoever called, whatever ended the reading.
    await before.catch(() => undefined);
  }
  if (!(await before)) return;
  if (cursor === 0) throw new FileRefused("file_no_rows");
  await ctx.db.transaction(async (tx) => {
    // Whoever finishes first counts; the other finds that it is no longer being read.
    if (await moved(tx, id, { state: "ready", readyAt: ctx.now() }))
      await tx
        .update(staffImport)
        .set({ counts: await countRows(tx, id) })
        .where(eq(staffImport.id, id));
  });
}

/** A batch with its cursor, or nothing where another has gone on from there, or the file was thrown away. */
const keepBatch = (ctx: Context, importId: string, from: number, batch: readonly Staged[]): Promise<boolean> =>
  ctx.db.transaction(async (tx) => {
    await commitLazily(tx);
    const to = batch.at(-1)?.line ?? from;
    const taken = await tx
      .update(staffImport)
      .set({ readTo: to, rowsRead: sql`${staffImport.rowsRead} + ${batch.length}` })
      .where(and(eq(staffImport.id, importId), eq(staffImport.state, "reading"), eq(staffImport.readTo, from)))
      .returning({ id: staffImport.id });
    if (taken.length === 0) return false;
    await stageRows(tx, importId, batch, dayOf(ctx.now()));
    return true;
  });

async function moved(tx: Tx, id: string, to: Partial<Import>): Promise<boolean> {
  const done = await tx
    .update(staffImport)
    .set(to)
    .where(and(eq(staffImport.id, id), eq(staffImport.state, "reading")))
    .returning({ id: staffImport.id });
  return done.length === 1;
}
