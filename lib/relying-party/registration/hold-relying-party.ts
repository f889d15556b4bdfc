import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { relyingParty } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { AdministerRefusal } from "#lib/office/roles/administer.ts";
import { lookOf } from "./look-of.ts";
import { mayRegister } from "./may-register.ts";

export type RelyingPartyRow = typeof relyingParty.$inferSelect;

/** not_found: no such relying party, or none for whoever asks. changed_meanwhile: it is not the version they looked at. */
export type ChangeRefusal = AdministerRefusal | "changed_meanwhile";

/** Which one, and the version that whoever changes it looked at; null: whatever it is, as an operator means it. */
export type Which = { relyingPartyId: string; version: number | null };

type Decided<T> = { set: Partial<RelyingPartyRow> | null; value: T; next?: () => Promise<unknown> };

/**
 * Changes a relying party, alone: `work` decides with its row held, and answers what becomes another in it (`set`) beside its
 * value. With `set` its version grows, by which every instance notices; null leaves it as it is. `next`: what follows from the
 * row as it has become.
 */
export async function holdingRelyingParty<T, E extends string>(
  ctx: Context,
  { relyingPartyId, version }: Which,
  work: (tx: Tx, row: RelyingPartyRow) => Promise<Result<Decided<T>, E>>,
): Promise<Result<T, E | ChangeRefusal>> {
  if (!isUuid(relyingPartyId)) return refuse("not_found");
  return ctx.db.transaction(async (tx): Promise<Result<T, E | ChangeRefusal>> => {
    const may = await mayRegister(tx, ctx);
    if (!may.ok) return may;
    const [row] = await tx.select().from(relyingParty).where(eq(relyingParty.id, relyingPartyId)).for("update");
    if (!row) return refuse("not_found");
    if (version !== null && row.version !== version) return refuse("changed_meanwhile");
    const decided = await work(tx, row);
    if (!decided.ok) return decided;
    const { set, value, next } = decided.value;
    if (set)
      await tx
        .update(relyingParty)
        .set({ ...set, version: row.version + 1 })
        .where(eq(relyingParty.id, row.id));
    await next?.();
    return ok(value);
  });
}

/** Whoever gives a name takes this first: no two relying parties come to be called the same at once. */
export const holdNames = (tx: Tx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('relying party names', 0))`);

/** Whether another one has a name that people could not tell from this one. */
export async function isNameTaken(tx: Tx, name: string, besides: string | null): Promise<boolean> {
  const others = await tx.select({ id: relyingParty.id, name: relyingParty.name }).from(relyingParty);
  return others.some((other) => other.id !== besides && lookOf(other.name) === lookOf(name));
}
