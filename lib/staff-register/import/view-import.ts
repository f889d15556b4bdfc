import { and, asc, desc, eq, gt, inArray } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { office } from "#db/schema/office.ts";
import { staffImport, staffImportRow } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { Mapping } from "../columns/mapping.ts";
import type { FileRefusal } from "../file/file-refused.ts";
import type { RowRefusal } from "../row/parse-row.ts";
import type { Counts } from "./count-rows.ts";
import type { Layout } from "./lay-out.ts";

type Row = typeof staffImport.$inferSelect;
export type ShownImport = Omit<Row, "counts" | "layout" | "mapping" | "refusal"> & {
  counts: Counts | null;
  layout: Layout | null;
  mapping: Mapping | null;
  refusal: FileRefusal | null;
  /** Null of an operator's. */
  uploader: string | null;
};

const RECENT = 20;

const shown = ({ file, uploader }: { file: Row; uploader: string | null }): ShownImport => ({
  ...file,
  counts: file.counts as Counts | null,
  layout: file.layout as Layout | null,
  mapping: file.mapping as Mapping | null,
  refusal: file.refusal as FileRefusal | null,
  uploader,
});

const query = (ctx: Context) =>
  ctx.db
    .select({ file: staffImport, uploader: account.fullName })
    .from(staffImport)
    .leftJoin(account, eq(account.id, staffImport.uploadedBy));

/** The files of late, newest first. */
export const listImports = async (ctx: Context): Promise<ShownImport[]> =>
  (await query(ctx).orderBy(desc(staffImport.uploadedAt)).limit(RECENT)).map(shown);

export async function viewImport(ctx: Context, id: string): Promise<ShownImport | null> {
  const [found] = isUuid(id) ? await query(ctx).where(eq(staffImport.id, id)) : [];
  return found ? shown(found) : null;
}

export type BadRow = { line: number; identity: string | null; name: string | null; reasons: readonly RowRefusal[] };

/** The bad rows after a line, so many at a time: with what is wrong, and no identity in full. */
export async function badRows(ctx: Context, importId: string, after: number, most: number): Promise<BadRow[]> {
  const rows = await ctx.db
    .select({
      line: staffImportRow.line,
      identity: staffImportRow.identityShown,
      name: staffImportRow.fullName,
      reasons: staffImportRow.reasons,
    })
    .from(staffImportRow)
    .where(and(eq(staffImportRow.importId, importId), eq(staffImportRow.kind, "bad"), gt(staffImportRow.line, after)))
    .orderBy(asc(staffImportRow.line))
    .limit(most);
  return rows.map((row) => ({ ...row, reasons: (row.reasons ?? []) as RowRefusal[] }));
}

export type SampleRow = {
  line: number;
  kind: "new" | "changed" | "ending";
  identity: string | null;
  name: string | null;
  office: string | null;
  leavesOn: string | null;
};

/** The first rows that would do something: for a look at whether columns and offices were understood. */
export async function sampleRows(ctx: Context, importId: string, most: number): Promise<SampleRow[]> {
  const rows = await ctx.db
    .select({
      line: staffImportRow.line,
      kind: staffImportRow.kind,
      identity: staffImportRow.identityShown,
      name: staffImportRow.fullName,
      code: office.code,
      office: office.name,
      leavesOn: staffImportRow.leavesOn,
    })
    .from(staffImportRow)
    .leftJoin(office, eq(office.id, staffImportRow.officeId))
    .where(and(eq(staffImportRow.importId, importId), inArray(staffImportRow.kind, ["new", "changed", "ending"])))
    .orderBy(asc(staffImportRow.line))
    .limit(most);
  return rows.map(({ code, office: name, kind, ...row }) => ({
    ...row,
    kind: kind as SampleRow["kind"],
    office: name && `${code} ${name}`,
  }));
}
