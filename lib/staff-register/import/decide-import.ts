import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { staffImport, staffImportChunk, staffImportRow } from "#db/schema/staff-register.ts";
import type { ChangeRefusal } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { lacking, type Mapping, type MappingRefusal } from "../columns/mapping.ts";
import { type Counts, countPeople } from "./count-rows.ts";
import { mayApply, mayImport } from "./may-import.ts";
import { askForReading } from "./upload-register.ts";

type Import = typeof staffImport.$inferSelect;

/** Somebody else has decided meanwhile, or it is not at that point. */
type Moved = "moved_meanwhile";
type NoRight = "signed_out" | "not_found";

/** This many people missing, or a tenth of the register, may mean a wrong file: said yes to by name. */
const MANY = 20;
export const isMany = ({ missing, listed }: Pick<Counts, "missing" | "listed">): boolean =>
  missing > MANY && missing * 10 > listed;

async function held(tx: Tx, importId: string): Promise<Import | undefined> {
  if (!isUuid(importId)) return undefined;
  const [found] = await tx.select().from(staffImport).where(eq(staffImport.id, importId)).for("no key update");
  return found;
}

/** `opensAt`: when new people may activate, null: at once. `suspendsAt`: of those who are missing, null: by hand alone. */
export type ApplyWanted = { opensAt: Date | null; suspendsAt: Date | null; evenMany: boolean };

/**
 * Has a previewed file applied by the jobs. Refuses `many_missing` until it is said yes to, for as many as there are by now, `another_applying` while
 * another file is, and what `mayApply` does.
 */
export async function startApplying(
  ctx: Context,
  importId: string,
  { opensAt, suspendsAt, evenMany }: ApplyWanted,
): Promise<Result<null, ChangeRefusal | "not_found" | Moved | "many_missing" | "another_applying">> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const may = await mayApply(tx, ctx);
      if (!may.ok) return may;
      const found = await held(tx, importId);
      if (!found) return refuse("not_found");
      if (found.state !== "ready") return refuse("moved_meanwhile");
      const shown = found.counts as Counts;
      // Another file may have been applied since this one was read: who is missing now counts, not who was.
      const counts = { ...shown, ...(await countPeople(tx, importId)) };
      if (isMany(counts) && !(evenMany && counts.missing <= shown.missing)) {
        await tx.update(staffImport).set({ counts }).where(eq(staffImport.id, importId));
        return refuse("many_missing");
      }
      await tx
        .update(staffImport)
        .set({ state: "applying", counts, opensAt, suspendsAt, applyingSince: ctx.now(), appliedBy: may.value })
        .where(eq(staffImport.id, importId));
      await record(tx, ctx, { type: "register.approved", accountId: null, importId });
      await askForReading(tx, ctx, importId);
      return ok(null);
    });
  } catch (fault) {
    const { code, constraint } = (fault as { cause?: { code?: string; constraint?: string } }).cause ?? {};
    if (code === "23505" && constraint === "staff_import_one_applying") return refuse("another_applying");
    throw fault;
  }
}

/** Says which column holds what, and has the file read by that from its beginning. */
export function mapColumns(
  ctx: Context,
  importId: string,
  mapping: Mapping,
): Promise<Result<null, NoRight | Moved | MappingRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayImport(tx, ctx);
    if (!may.ok) return may;
    const found = await held(tx, importId);
    if (!found) return refuse("not_found");
    const width = (found.layout as { titles?: readonly string[] } | null)?.titles?.length ?? 0;
    const [wrong] = lacking(mapping);
    if (wrong) return refuse(wrong);
    if (Object.values(mapping).some((column) => !Number.isInteger(column) || column < 0 || column >= width))
      return refuse("moved_meanwhile");
    if (found.state !== "columns" && found.state !== "ready") return refuse("moved_meanwhile");
    await tx.delete(staffImportRow).where(eq(staffImportRow.importId, importId));
    await tx
      .update(staffImport)
      .set({ state: "reading", mapping, readTo: 0, rowsRead: 0, counts: null, readyAt: null })
      .where(eq(staffImport.id, importId));
    await askForReading(tx, ctx, importId);
    return ok(null);
  });
}

/** Throws a file away that was not applied, with everything that was read of it. */
export function discardImport(ctx: Context, importId: string): Promise<Result<null, NoRight | Moved>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayImport(tx, ctx);
    if (!may.ok) return may;
    const found = await held(tx, importId);
    if (!found) return refuse("not_found");
    const ended = await tx
      .update(staffImport)
      .set({ state: "discarded", endedAt: ctx.now() })
      .where(and(eq(staffImport.id, importId), inArray(staffImport.state, ["reading", "columns", "ready"])))
      .returning({ id: staffImport.id });
    if (ended.length === 0) return refuse("moved_meanwhile");
    await tx.delete(staffImportChunk).where(eq(staffImportChunk.importId, importId));
    await tx.delete(staffImportRow).where(eq(staffImportRow.importId, importId));
    await record(tx, ctx, { type: "register.discarded", accountId: null, importId });
    return ok(null);
  });
}
