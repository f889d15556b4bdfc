import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { relyingParty } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import { checkPng, type PngRefusal } from "#lib/kernel/check-png.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type ChangeRefusal, holdingRelyingParty, type Which } from "../hold-relying-party.ts";

export type LogoRefusal = `logo_${PngRefusal}`;

/** A relying party is given a logo, as a PNG file of at most 100 KB: its picture alone is kept, and shown wherever it is named. */
export async function keepLogo(
  ctx: Context,
  which: Which,
  file: Buffer,
): Promise<Result<{ changed: boolean }, ChangeRefusal | LogoRefusal>> {
  const checked = await checkPng(file);
  return checked.ok ? putLogo(ctx, which, checked.value) : refuse(`logo_${checked.error}` as const);
}

/** Back to the first letters of its name. */
export const removeLogo = (ctx: Context, which: Which): Promise<Result<{ changed: boolean }, ChangeRefusal>> =>
  putLogo(ctx, which, null);

function putLogo(
  ctx: Context,
  which: Which,
  logo: Buffer | null,
): Promise<Result<{ changed: boolean }, ChangeRefusal>> {
  return holdingRelyingParty<{ changed: boolean }, never>(ctx, which, async (tx, row) => {
    const [before, after] = [digestOf(row.logo), digestOf(logo)];
    if (before === after) return ok({ set: null, value: { changed: false } });
    await record(tx, ctx, {
      type: "relying_party.changed",
      accountId: null,
      relyingPartyId: row.id,
      system: row.name,
      before: { logo: before },
      after: { logo: after },
    });
    return ok({ set: { logo }, value: { changed: true } });
  });
}

/** Names a picture in the trail, which keeps none. */
const digestOf = (png: Buffer | null): string | null => png && createHash("sha256").update(png).digest("base64url");

/** The logo of a relying party, disabled or not, and the version it is asked for under; nothing where it has none. */
export async function readLogo(ctx: Pick<Context, "db">, id: string): Promise<{ png: Buffer; version: number } | null> {
  if (!isUuid(id)) return null;
  const [row] = await ctx.db
    .select({ png: relyingParty.logo, version: relyingParty.version })
    .from(relyingParty)
    .where(eq(relyingParty.id, id));
  return row?.png ? { png: row.png, version: row.version } : null;
}
