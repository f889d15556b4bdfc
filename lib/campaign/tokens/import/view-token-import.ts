import { desc, eq, sql } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { hardwareTokenImport } from "#db/schema/hardware-token.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { JudgedToken } from "./judge-tokens.ts";
import { type TokenCounts, unsealRows } from "./kept-rows.ts";

export type ShownTokenImport = {
  id: string;
  fileName: string;
  state: "ready" | "applied" | "discarded";
  counts: TokenCounts;
  rows: number;
  /** Null of an operator's. */
  uploader: string | null;
  uploadedAt: Date;
  endedAt: Date | null;
};

const RECENT = 20;

const { id, fileName, state, rows, uploadedAt, endedAt } = hardwareTokenImport;
// Without the rows: those of a large file are megabytes.
const query = (ctx: Context) =>
  ctx.db
    .select({
      ...{ id, fileName, state, rows, uploadedAt, endedAt },
      counts: sql<TokenCounts>`${hardwareTokenImport.counts}`,
      uploader: account.fullName,
    })
    .from(hardwareTokenImport)
    .leftJoin(account, eq(account.id, hardwareTokenImport.uploadedBy));

/** The files of late, newest first. */
export const listTokenImports = (ctx: Context): Promise<ShownTokenImport[]> =>
  query(ctx).orderBy(desc(uploadedAt)).limit(RECENT);

export async function viewTokenImport(ctx: Context, importId: string): Promise<ShownTokenImport | null> {
  const [found] = isUuid(importId) ? await query(ctx).where(eq(id, importId)) : [];
  return found ?? null;
}

/** A line that would be registered, with whom it names. */
export type SampleToken = JudgedToken & { holder: string; office: string };

/**
 * What its lines came to: the bad ones, all of them, and the first so many that would be registered, with their holders'
 * names. A file that was thrown away has none; of one that was applied the bad ones stay for a while.
 */
export async function rowsOfImport(
  ctx: Context,
  importId: string,
  samples: number,
): Promise<{ bad: JudgedToken[]; samples: SampleToken[] }> {
  const sealed = hardwareTokenImport.rowsSealed;
  const [kept] = isUuid(importId)
    ? await ctx.db.select({ sealed }).from(hardwareTokenImport).where(eq(id, importId))
    : [];
  if (!kept || kept.sealed === "") return { bad: [], samples: [] };
  const all = unsealRows(ctx, kept.sealed, importId);
  const first = all.filter(({ kind }) => kind === "new").slice(0, samples);
  const { rows: named } = await ctx.db.execute<{ id: string; holder: string; office: string }>(sql`
    select a.id, a.full_name as holder, o.code || ' ' || o.name as office from account a join office o on o.id = a.office_id
    where a.id = any(${sql.param(first.map(({ holderId }) => holderId))}::uuid[])`);
  const by = new Map(named.map((person) => [person.id, person]));
  return {
    bad: all.filter(({ kind }) => kind === "bad"),
    samples: first.map((row) => {
      const person = by.get(row.holderId ?? "");
      return { ...row, holder: person?.holder ?? "–", office: person?.office ?? "–" };
    }),
  };
}
