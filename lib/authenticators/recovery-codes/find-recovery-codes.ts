import { asc, eq } from "drizzle-orm";
import { recoveryCode, recoveryCodeSet } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

/** `version` tells one set from the one that replaces it. Positions are those printed beside the codes, 1 to 10. */
export type RecoveryCodes = {
  version: string;
  madeAt: Date;
  left: number;
  codes: { position: number; used: { at: Date; from: string } | null }[];
};

/** The owner's codes: which are used, when and where; never the codes. Nothing where none were made. */
export async function findRecoveryCodes(ctx: Context): Promise<RecoveryCodes | null> {
  if (ctx.actor.kind !== "account") return null;
  const rows = await ctx.db
    .select({ set: recoveryCodeSet, code: recoveryCode })
    .from(recoveryCodeSet)
    .innerJoin(recoveryCode, eq(recoveryCode.accountId, recoveryCodeSet.accountId))
    .where(eq(recoveryCodeSet.accountId, ctx.actor.accountId))
    .orderBy(asc(recoveryCode.position));
  const [first] = rows;
  if (!first) return null;
  const codes = rows.map(({ code: { position, usedAt, usedFrom } }) => ({
    position,
    used: usedAt && { at: usedAt, from: usedFrom ?? "" },
  }));
  return {
    version: versionOf(first.set),
    madeAt: first.set.madeAt,
    left: codes.filter(({ used }) => !used).length,
    codes,
  };
}

/** A name for one set of codes, which tells nothing about them; empty where there is none. */
export const versionOf = (set: { salt: string } | undefined): string => (set ? digest(set.salt) : "");

/** How many may still be used; null where none were ever made. */
export const recoveryCodesLeft = async (ctx: Context): Promise<number | null> =>
  (await findRecoveryCodes(ctx))?.left ?? null;
