import { sql } from "drizzle-orm";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { officerOf, requireRight } from "#lib/office/roles/rights-now.ts";
import type { TrailFilter } from "./trail-filter.ts";
import { trailWhere } from "./trail-query.ts";

export const exportFormats = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type TrailExport = { rows: number; lines: AsyncGenerator<string> };

const RIGHT = "audit.read";

/** Events read at once: some 400 KB, whatever the size of the whole. */
const AT_ONCE = 1_000;

const columns = [
  "number",
  "at",
  "type",
  "outcome",
  "account_id",
  "actor_kind",
  "actor_id",
  "session_id",
  "request_id",
  "ip",
  "device",
  "data",
] as const;

type Row = Record<Exclude<(typeof columns)[number], "number" | "data">, string | null> & {
  number: string;
  data: unknown;
};

/**
 * What the filter shows of the trail as it is now, oldest first, to be taken away as CSV or as a JSON object a line; ids
 * only, never a name. It is recorded before the first line leaves, with how many there are; it
 * breaks off where the reader's right or session ends meanwhile. Refused as `not_found` to
 * whoever may not read the trail. The lines must be read to the end or given up (`return`).
 */
export async function exportTrail(
  ctx: Context,
  filter: TrailFilter,
  format: ExportFormat,
): Promise<Result<TrailExport, "signed_out" | "not_found">> {
  const where = trailWhere(filter);
  const counted = await ctx.db.transaction(async (tx): Promise<Result<Counted, "signed_out" | "not_found">> => {
    const officer = await requireRight(tx, ctx, RIGHT);
    if (!officer.ok) return officer;
    const { rows } = await tx.execute<{ rows: string; last: string | null }>(
      sql`select count(*) as rows, max(e.id) as last from audit_event e where ${where}`,
    );
    const found = { rows: Number(rows[0]?.rows ?? 0), last: Number(rows[0]?.last ?? 0) };
    await record(tx, ctx, { type: "audit.exported", accountId: null, rows: found.rows });
    return ok(found);
  });
  if (!counted.ok) return counted;
  const { rows, last } = counted.value;
  return ok({ rows, lines: format === "csv" ? asCsv(ctx, where, last) : asJsonLines(ctx, where, last) });
}

type Counted = { rows: number; last: number };

async function* asCsv(ctx: Context, where: ReturnType<typeof trailWhere>, last: number): AsyncGenerator<string> {
  yield CSV_BEGIN + csvLine(columns);
  for await (const rows of batches(ctx, where, last))
    yield rows
      .map((row) => csvLine(columns.map((name) => (name === "data" ? JSON.stringify(row.data) : row[name]))))
      .join("");
}

async function* asJsonLines(ctx: Context, where: ReturnType<typeof trailWhere>, last: number): AsyncGenerator<string> {
  for await (const rows of batches(ctx, where, last))
    yield rows.map(({ number, ...row }) => `${JSON.stringify({ number: Number(number), ...row })}\n`).join("");
}

async function* batches(ctx: Context, where: ReturnType<typeof trailWhere>, last: number): AsyncGenerator<Row[]> {
  for (let reached = Number.MIN_SAFE_INTEGER; ; ) {
    const { rows } = await ctx.db.execute<Row>(sql`
      select e.id as number, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.type, e.outcome,
        e.account_id, e.actor_kind, e.actor_id, e.session_id, e.request_id, e.ip, e.device, e.data
      from audit_event e where ${where} and e.id > ${reached} and e.id <= ${last} order by e.id limit ${AT_ONCE}`);
    const officer = await officerOf(ctx.db, ctx);
    if (!officer || !holds(officer, RIGHT)) return;
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) return;
    reached = Number(rows.at(-1)?.number);
  }
}
