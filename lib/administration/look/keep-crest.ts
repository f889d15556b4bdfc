import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { agencyCrest } from "#db/schema/administration.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { type ChangeSettingsRefusal, changeSettings } from "../settings/change-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { type CrestRefusal, checkCrest } from "./check-crest.ts";

/**
 * An administrator gives the agency's crest, as a PNG file. It is shown in every header from then on. Same
 * refusals as other settings; those of the file besides.
 */
export async function keepCrest(
  ctx: Context,
  file: Buffer,
  configured: Settings["look"],
  version: number,
): Promise<Result<{ changed: boolean }, ChangeSettingsRefusal | CrestRefusal>> {
  const checked = await checkCrest(file);
  if (!checked.ok) return checked;
  const id = createHash("sha256").update(checked.value).digest("base64url");
  return changeSettings(ctx, "look", { crest: id }, configured, version, (tx) => putCrest(tx, ctx, id, checked.value));
}

/** Beside those before it: pages that were made with one of them may still be open. A few kilobytes each, a few a year. */
const putCrest = (tx: Tx, ctx: Context, id: string, png: Buffer) =>
  tx.insert(agencyCrest).values({ id, png, addedAt: ctx.now() }).onConflictDoNothing();

/** The picture under a digest, or nothing. */
export async function readCrest(ctx: Pick<Context, "db">, id: string): Promise<Buffer | null> {
  const [row] = await ctx.db.select({ png: agencyCrest.png }).from(agencyCrest).where(eq(agencyCrest.id, id));
  return row?.png ?? null;
}
