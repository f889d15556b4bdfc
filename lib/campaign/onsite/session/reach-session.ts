import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaign } from "#db/schema/campaign.ts";
import { onsiteSession, onsiteSessionOffice } from "#db/schema/onsite.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, type Right, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { requireRight } from "#lib/office/roles/rights-now.ts";
import type { OnsiteSession } from "./session-times.ts";

export type HeldSession = OnsiteSession & { officeIds: readonly string[]; campaignClosed: boolean };

/** Whether a right reaches every office that a session is for. */
export const reachesAll = (officer: Officer, right: Right, officeIds: readonly string[]): boolean =>
  officeIds.length > 0 && officeIds.every((id) => reachesOffice(scopeOf(officer, right), id));

/** Whether it reaches one of them: the session is then there for the officer, with their own people in it. */
export const reachesSome = (officer: Officer, right: Right, officeIds: readonly string[]): boolean =>
  officeIds.some((id) => reachesOffice(scopeOf(officer, right), id));

/**
 * A session whose row is held until the transaction ends: who takes a place in it, gives one up or changes it does so one
 * after the other. An account that is held as well is held before it.
 */
export async function holdSession(tx: Tx, sessionId: string): Promise<HeldSession | undefined> {
  if (!isUuid(sessionId)) return undefined;
  const [session] = await tx.select().from(onsiteSession).where(eq(onsiteSession.id, sessionId)).for("no key update");
  if (!session) return undefined;
  const offices = await tx
    .select({ id: onsiteSessionOffice.officeId })
    .from(onsiteSessionOffice)
    .where(eq(onsiteSessionOffice.sessionId, sessionId));
  const [of] = await tx.select({ state: campaign.state }).from(campaign).where(eq(campaign.id, session.campaignId));
  return { ...session, officeIds: offices.map(({ id }) => id), campaignClosed: of?.state === "closed" };
}

export type SessionRefusal = "signed_out" | "not_found";

/**
 * The officer who acts and the session they want to use a right on, held; rights and scope are read fresh. `how`: whether
 * the right has to reach all of its offices, or one. A session outside does not exist for them, which is recorded.
 */
export async function reachSession(
  tx: Tx,
  ctx: Context,
  right: Right,
  sessionId: string,
  how: "all" | "some",
): Promise<Result<{ officer: Officer; session: HeldSession }, SessionRefusal>> {
  const officer = await requireRight(tx, ctx, right);
  if (!officer.ok) return officer;
  const session = await holdSession(tx, sessionId);
  const reaches = how === "all" ? reachesAll : reachesSome;
  if (session && reaches(officer.value, right, session.officeIds)) return ok({ officer: officer.value, session });
  await record(tx, ctx, { type: "access.refused", accountId: null, right });
  return refuse("not_found");
}
