import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { agencySetting } from "#db/schema/administration.ts";
import { assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type AdministerRefusal, type Administrator, administer } from "#lib/office/roles/administer.ts";
import { recordChanges } from "./record-changes.ts";
import { differences, over, type Settings, type SettingsPage, worthKeeping } from "./settings.ts";

/** below_configuration: the server's operator demands more. level_not_held: it would shut out whoever asks for it. */
export type PolicyRefusal = "below_configuration" | "level_not_held";
export type ChangeSettingsRefusal = AdministerRefusal | "changed_meanwhile" | PolicyRefusal;

/**
 * An administrator chooses what a page of settings says. `configured`: what holds without them. `version`: of what they
 * looked at; another since then is told. `also`: what is kept with it. Each setting that became another is recorded with what it was. `changed` is
 * false where all was so already.
 */
export async function changeSettings<Page extends SettingsPage>(
  ctx: Context,
  page: Page,
  wanted: Partial<Settings[Page]>,
  configured: Settings[Page],
  version: number,
  also: (tx: Tx) => Promise<unknown> = async () => undefined,
): Promise<Result<{ changed: boolean }, ChangeSettingsRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const administrator = await administer(tx, ctx);
    if (!administrator.ok) return administrator;
    const row = await hold(tx, ctx, page);
    if (row.version !== version) return refuse("changed_meanwhile");
    const before = over(configured, row.value as Partial<Settings[Page]>);
    const after = { ...before, ...wanted };
    const changed = differences(before, after);
    if (changed.length === 0) return ok({ changed: false });
    const refused = page === "policy" ? consoleRefusal(configured, before, after, administrator.value) : null;
    if (refused) return refuse(refused);
    await write(tx, ctx, page, worthKeeping(configured, after), version + 1);
    await also(tx);
    await recordChanges(tx, ctx, { of: page, subject: null, before, after, names: changed });
    return ok({ changed: true });
  });
}

/** The row of a page, locked: of two who change it at once the second sees what the first did. */
async function hold(tx: Tx, ctx: Context, key: string): Promise<typeof agencySetting.$inferSelect> {
  await tx
    .insert(agencySetting)
    .values({ key, value: {}, version: 0, changedAt: ctx.now(), changedBy: null })
    .onConflictDoNothing();
  const [row] = await tx.select().from(agencySetting).where(eq(agencySetting.key, key)).for("update");
  if (!row) throw new Error(`The settings "${key}" are gone`);
  return row;
}

const write = (tx: Tx, ctx: Context, key: string, value: object, version: number) =>
  tx
    .update(agencySetting)
    .set({ value, version, changedAt: ctx.now(), changedBy: ctx.actor.kind === "account" ? ctx.actor.accountId : null })
    .where(eq(agencySetting.key, key));

/**
 * Offices, questions and announcements are lists with rows of their own. Whoever changes one takes the lists' row first: no
 * two do at once, and every instance notices that something is new.
 */
export async function holdLists(tx: Tx, ctx: Context): Promise<void> {
  const { version } = await hold(tx, ctx, "lists");
  await write(tx, ctx, "lists", {}, version + 1);
}

function consoleRefusal(
  configured: object,
  before: object,
  after: object,
  { standing }: Administrator,
): PolicyRefusal | null {
  const [least, was, wanted] = [configured, before, after].map(
    (settings) => (settings as Settings["policy"]).consoleAssurance,
  );
  if (wanted === undefined || wanted === was) return null;
  if (least !== undefined && !reaches(wanted, least)) return "below_configuration";
  return reaches(assuranceOf(standing.proofs), wanted) ? null : "level_not_held";
}
