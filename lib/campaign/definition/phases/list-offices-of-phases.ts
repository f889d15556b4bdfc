import { asc } from "drizzle-orm";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Phase, PhaseOffice } from "../find-campaign.ts";

/** An office as a phase's form offers it. `inPhase`: another phase that has it. */
export type OfferedToPhase = PhaseOffice & { inPhase: number | null };

/** Offices a phase may have, by code and name: those that are offered, and those it has whatever became of them. */
export async function listOfficesOfPhases(
  ctx: Pick<Context, "db">,
  phases: readonly Phase[],
  phaseId: string | null,
): Promise<OfferedToPhase[]> {
  const rows = await ctx.db.select().from(office).orderBy(asc(office.code), asc(office.name));
  const others = phases.filter(({ id }) => id !== phaseId);
  const own = new Set(phases.find(({ id }) => id === phaseId)?.offices.map(({ id }) => id));
  return rows
    .filter(({ id, retiredAt }) => retiredAt === null || own.has(id))
    .map(({ id, code, name, retiredAt }) => ({
      id,
      code,
      name,
      isRetired: retiredAt !== null,
      inPhase: others.find(({ offices }) => offices.some((one) => one.id === id))?.number ?? null,
    }));
}
