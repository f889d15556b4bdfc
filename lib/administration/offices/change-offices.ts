import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { office } from "#db/schema/office.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { type AdministerRefusal, administer } from "#lib/office/roles/administer.ts";
import { holdLists } from "../settings/change-settings.ts";
import { recordChanges } from "../settings/record-changes.ts";
import { differences } from "../settings/settings.ts";
import type { OfficeWanted } from "./parse-office.ts";

type Row = typeof office.$inferSelect;

/** not_found: no such office. office_taken: another has this code and name. last_office: people must have one to choose. */
export type ChangeOfficeRefusal = AdministerRefusal | "changed_meanwhile" | "office_taken" | "last_office";

/** A new office, offered from now on to whoever registers. Its id. */
export async function addOffice(
  ctx: Context,
  wanted: OfficeWanted,
): Promise<Result<{ officeId: string }, ChangeOfficeRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    await holdLists(tx, ctx);
    if (await isTaken(tx, wanted, null)) return refuse("office_taken");
    const officeId = uuidv7(ctx.now(), ctx.random);
    await tx.insert(office).values({ id: officeId, ...wanted });
    await record(tx, ctx, {
      type: "setting.changed",
      accountId: null,
      setting: "office.added",
      subject: officeId,
      before: null,
      after: wanted,
    });
    return ok({ officeId });
  });
}

/** Another code, name, address or other domains: of the office itself, so that it is so for everybody who works there. */
export async function changeOffice(
  ctx: Context,
  officeId: string,
  wanted: OfficeWanted,
  version: number,
): Promise<Result<{ changed: boolean }, ChangeOfficeRefusal>> {
  return changing(ctx, officeId, version, async (tx, row) => {
    if (await isTaken(tx, wanted, row.id)) return refuse("office_taken");
    return ok(wanted);
  });
}

/**
 * A retired office is chosen by nobody any more: not in registering, not in moving. Whoever works there stays. `retired`
 * false offers it again.
 */
export async function retireOffice(
  ctx: Context,
  officeId: string,
  retired: boolean,
  version: number,
): Promise<Result<{ changed: boolean }, ChangeOfficeRefusal>> {
  return changing(ctx, officeId, version, async (tx, row) => {
    if ((row.retiredAt !== null) === retired) return ok({});
    if (retired && (await offeredBesides(tx, row.id)) === 0) return refuse("last_office");
    return ok({ retiredAt: retired ? ctx.now() : null });
  });
}

async function changing(
  ctx: Context,
  officeId: string,
  version: number,
  decide: (tx: Tx, row: Row) => Promise<Result<Partial<Row>, ChangeOfficeRefusal>>,
): Promise<Result<{ changed: boolean }, ChangeOfficeRefusal>> {
  if (!isUuid(officeId)) return refuse("not_found");
  return ctx.db.transaction(async (tx) => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    await holdLists(tx, ctx);
    const [row] = await tx.select().from(office).where(eq(office.id, officeId)).for("update");
    if (!row) return refuse("not_found");
    if (row.version !== version) return refuse("changed_meanwhile");
    const decided = await decide(tx, row);
    if (!decided.ok) return decided;
    const after = { ...row, ...decided.value };
    const changed = differences(row, after);
    if (changed.length === 0) return ok({ changed: false });
    await tx
      .update(office)
      .set({ ...decided.value, version: version + 1 })
      .where(eq(office.id, officeId));
    await recordChanges(tx, ctx, { of: "office", subject: officeId, before: row, after, names: changed });
    return ok({ changed: true });
  });
}

/** Code and name, whatever their case: `Ibu pejabat` beside `Ibu Pejabat` would be one office twice. */
async function isTaken(tx: Tx, { code, name }: OfficeWanted, besides: string | null): Promise<boolean> {
  const [other] = await tx
    .select({ id: office.id })
    .from(office)
    .where(
      and(
        sql`upper(${office.code}) = upper(${code}) and lower(${office.name}) = lower(${name})`,
        besides === null ? undefined : ne(office.id, besides),
      ),
    )
    .limit(1);
  return other !== undefined;
}

async function offeredBesides(tx: Tx, officeId: string): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(office)
    .where(and(isNull(office.retiredAt), ne(office.id, officeId)));
  return row?.left ?? 0;
}
