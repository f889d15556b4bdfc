import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { staffImport, staffImportChunk } from "#db/schema/staff-register.ts";
import { record, recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Mapping } from "../columns/mapping.ts";
import { proposeMissing } from "../leavers/propose-missing.ts";
import { addPeople } from "./add-people.ts";
import { commitLazily } from "./commit-lazily.ts";
import { countRows } from "./count-rows.ts";
import { judgeAgain } from "./judge-again.ts";
import { updatePeople } from "./update-people.ts";

/** Lines of one transaction. */
const AT_ONCE = 1_000;

type Import = typeof staffImport.$inferSelect;

/**
 * Applies a file on from where it was left, so many lines a transaction, and proposes as leavers whom it does not name.
 * Every line is judged once more, since people register and activate meanwhile. Safe to repeat, to run twice at once and to
 * be killed at any moment: a line is applied in the transaction that moves the cursor over it. `atOnce`: lines of one.
 * Whoever runs it, a job or the command line, the trail says that the portal did it: `register.approved` says who let it.
 */
export async function applyRegister(runBy: Context, importId: string, atOnce: number = AT_ONCE): Promise<void> {
  const ctx: Context = { ...runBy, actor: { kind: "system" } };
  for (;;) {
    const step = await whenContended(() => ctx.db.transaction((tx) => applyLines(tx, ctx, importId, atOnce)));
    if (step === "all") break;
    if (step === "not_ours") return;
  }
  for (;;) {
    const step = await whenContended(() => ctx.db.transaction((tx) => finish(tx, ctx, importId)));
    if (step !== "more") return;
  }
}

/** The import's row, held: of two who apply at once the other waits, and then finds the cursor moved. */
async function hold(tx: Tx, importId: string): Promise<Import | undefined> {
  const [held] = await tx
    .select()
    .from(staffImport)
    .where(and(eq(staffImport.id, importId), eq(staffImport.state, "applying")))
    .for("no key update");
  return held;
}

async function applyLines(
  tx: Tx,
  ctx: Context,
  importId: string,
  atOnce: number,
): Promise<"more" | "all" | "not_ours"> {
  const held = await hold(tx, importId);
  if (!held) return "not_ours";
  if (held.appliedTo >= held.readTo) return "all";
  await commitLazily(tx);
  const upTo = held.appliedTo + atOnce;
  const lines = { importId, after: held.appliedTo, upTo };
  const today = dayOf(ctx.now());

  await judgeAgain(tx, lines, today, "known");
  const added = await addPeople(tx, ctx, lines, held.opensAt);
  if (added.missed > 0) await judgeAgain(tx, lines, today, "missed");
  const { listed, confirmed, proposed } = await updatePeople(tx, ctx, lines, {
    tellsEndings: (held.mapping as Mapping).leavesOn !== undefined,
  });

  await recordAll(tx, ctx, [
    ...added.people.map(({ id, officeId }) => ({ type: "account.pre_registered" as const, accountId: id, officeId })),
    ...listed.map((accountId) => ({ type: "staff.listed" as const, accountId, importId })),
    ...confirmed.map(({ id }) => ({ type: "staff.confirmed" as const, accountId: id, actionId: null })),
    ...proposed.map(({ accountId, leaverId }) => ({
      type: "leaver.proposed" as const,
      accountId,
      leaverId,
      why: "ended" as const,
    })),
  ]);
  for (const { id, isActivated } of confirmed) if (isActivated) await notifyOwner(tx, ctx, id, "staff_confirmed");
  await tx.update(staffImport).set({ appliedTo: upTo }).where(eq(staffImport.id, importId));
  return "more";
}

/** Those who are missing, some at a time; then the end. What is kept of the file are its bad rows. */
async function finish(tx: Tx, ctx: Context, importId: string): Promise<"more" | "done" | "not_ours"> {
  const held = await hold(tx, importId);
  if (!held) return "not_ours";
  if (held.isWhole && (await proposeMissing(tx, ctx, held)) > 0) return "more";
  const before = held.counts as { missing?: number } | null;
  const counts = { ...(await countRows(tx, importId)), missing: before?.missing ?? 0 };
  await tx
    .update(staffImport)
    .set({ state: "applied", endedAt: ctx.now(), counts })
    .where(eq(staffImport.id, importId));
  await tx.execute(sql`delete from staff_import_row where import_id = ${importId} and kind <> 'bad'`);
  await tx.delete(staffImportChunk).where(eq(staffImportChunk.importId, importId));
  await record(tx, ctx, {
    type: "register.applied",
    accountId: null,
    importId,
    added: counts.new,
    changed: counts.changed,
    leaving: counts.ending + counts.missing,
    refused: counts.bad,
  });
  return "done";
}
