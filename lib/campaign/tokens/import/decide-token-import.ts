import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { hardwareTokenImport } from "#db/schema/hardware-token.ts";
import type { ChangeRefusal } from "#lib/assurance/sensitive.ts";
import { record, recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { mayApply, mayImport } from "#lib/staff-register/import/may-import.ts";
import type { JudgedToken } from "./judge-tokens.ts";
import { sealRows, type TokenCounts, unsealRows } from "./kept-rows.ts";

type Import = typeof hardwareTokenImport.$inferSelect;

async function held(tx: Tx, importId: string): Promise<Import | undefined> {
  if (!isUuid(importId)) return undefined;
  const its = eq(hardwareTokenImport.id, importId);
  const [found] = await tx.select().from(hardwareTokenImport).where(its).for("no key update");
  return found;
}

export type DecideTokensRefusal = ChangeRefusal | "not_found" | "moved_meanwhile";

/** Tokens registered by one statement. */
const AT_ONCE = 2_000;

/**
 * Registers the new tokens of a file, in one transaction: all or none. A serial that somebody else registered since the
 * file was judged, and a holder whose account was closed since, are passed over and counted. It takes an administrator
 * with a fresh proof, and happens once (`moved_meanwhile`).
 */
export function applyTokens(
  ctx: Context,
  importId: string,
): Promise<Result<{ added: number; missed: number }, DecideTokensRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayApply(tx, ctx);
    if (!may.ok) return may;
    const found = await held(tx, importId);
    if (!found) return refuse("not_found");
    if (found.state !== "ready") return refuse("moved_meanwhile");
    const rows = unsealRows(ctx, found.rowsSealed, importId);
    const wanted = rows.filter(({ kind }) => kind === "new");
    let added = 0;
    for (let from = 0; from < wanted.length; from += AT_ONCE)
      added += await register(tx, ctx, wanted.slice(from, from + AT_ONCE), { importId, byId: may.value });
    const missed = wanted.length - added;
    await tx
      .update(hardwareTokenImport)
      .set({
        state: "applied",
        endedAt: ctx.now(),
        counts: { ...(found.counts as TokenCounts), missed },
        // What could not be used is still to be looked at; whom the others name stands in the register.
        rowsSealed: sealRows(
          ctx,
          rows.filter(({ kind }) => kind === "bad"),
          importId,
        ),
      })
      .where(eq(hardwareTokenImport.id, importId));
    await record(tx, ctx, { type: "hardware_token_import.applied", accountId: null, importId, added });
    return ok({ added, missed });
  });
}

type Registered = { tokenId: string; accountId: string; serial: string };

async function register(
  tx: Tx,
  ctx: Context,
  rows: readonly JudgedToken[],
  { importId, byId }: { importId: string; byId: string | null },
): Promise<number> {
  const now = ctx.now();
  const given = rows.map(({ serial, medium, holderId, issuedOn }) => ({
    id: uuidv7(now, ctx.random),
    ...{ serial, medium, holder_id: holderId, issued_on: issuedOn },
  }));
  const { rows: registered } = await tx.execute<Registered>(sql`
    with registered as (
      insert into hardware_token (id, serial, medium, holder_id, issued_on, state, state_since, created_at)
        select r.id, r.serial, r.medium, r.holder_id, r.issued_on, 'issued', ${now}::timestamptz, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as r (id uuid, serial text, medium text, holder_id uuid, issued_on date)
        join account a on a.id = r.holder_id and a.status <> 'closed'
        order by r.serial
        on conflict (serial) do nothing returning id, serial, holder_id
    ), custody as (
      insert into hardware_token_event (token_id, at, move, state, holder_id, by_id)
        select id, ${now}::timestamptz, 'issue', 'issued', holder_id, ${byId}::uuid from registered
    )
    select id as "tokenId", holder_id as "accountId", serial from registered`);
  await recordAll(
    tx,
    ctx,
    registered.map((token) => ({ type: "hardware_token.issued", ...token, importId })),
  );
  return registered.length;
}

/** Throws a file away that was not applied, with everything that was read of it. */
export function discardTokens(
  ctx: Context,
  importId: string,
): Promise<Result<null, "signed_out" | "not_found" | "moved_meanwhile">> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayImport(tx, ctx);
    if (!may.ok) return may;
    const found = await held(tx, importId);
    if (!found) return refuse("not_found");
    if (found.state !== "ready") return refuse("moved_meanwhile");
    await tx
      .update(hardwareTokenImport)
      .set({ state: "discarded", endedAt: ctx.now(), rowsSealed: "" })
      .where(eq(hardwareTokenImport.id, importId));
    await record(tx, ctx, { type: "hardware_token_import.discarded", accountId: null, importId });
    return ok(null);
  });
}
