import { desc } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { auditSeal } from "#db/schema/audit.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Seal } from "./sign.ts";

/** The newest seals, the last one first. */
export const newestSeals = (on: Db | Tx, howMany: number): Promise<Seal[]> =>
  on.select().from(auditSeal).orderBy(desc(auditSeal.number)).limit(howMany);

export const lastSeal = async (on: Db | Tx): Promise<Seal | null> => (await newestSeals(on, 1))[0] ?? null;

/**
 * The newest seal, to be kept where nobody who can reach the database can reach it: a trail that is cut off behind a seal
 * is whole to look at, and only shorter than its head says.
 */
export type Head = { number: number; lastId: number; sealedAt: string; signature: string };

/** Null while nothing is sealed. */
export async function headOfTrail(ctx: Pick<Context, "db">): Promise<Head | null> {
  const seal = await lastSeal(ctx.db);
  return (
    seal && {
      number: seal.number,
      lastId: seal.lastId,
      sealedAt: seal.sealedAt.toISOString(),
      signature: seal.signature,
    }
  );
}
