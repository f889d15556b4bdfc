import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaign } from "#db/schema/campaign.ts";
import { office } from "#db/schema/office.ts";
import { onsiteSession, onsiteSessionOffice } from "#db/schema/onsite.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { type Officer, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { requireRight } from "#lib/office/roles/rights-now.ts";
import type { SessionWanted } from "./parse-session.ts";
import type { SessionRefusal } from "./reach-session.ts";

/**
 * A session in person of a campaign, for people of offices that are all the officer's. Refuses `offices_unknown` where one
 * is not, or nobody may choose it any more, `campaign_closed` where nobody moves any more.
 */
export function createSession(
  ctx: Context,
  campaignId: string,
  { officeIds, ...wanted }: SessionWanted,
): Promise<Result<{ sessionId: string }, SessionRefusal | "offices_unknown" | "campaign_closed">> {
  return ctx.db.transaction(async (tx) => {
    const officer = await requireRight(tx, ctx, "onsite.manage");
    if (!officer.ok) return officer;
    const [of] = isUuid(campaignId)
      ? await tx.select({ state: campaign.state }).from(campaign).where(eq(campaign.id, campaignId)).for("key share")
      : [];
    if (!of) return refuse("not_found");
    if (of.state === "closed") return refuse("campaign_closed");
    if (!(await areOffered(tx, officer.value, officeIds))) return refuse("offices_unknown");
    const now = ctx.now();
    const sessionId = uuidv7(now, ctx.random);
    await tx.insert(onsiteSession).values({
      id: sessionId,
      campaignId,
      ...wanted,
      state: "open",
      createdAt: now,
      createdBy: officer.value.accountId,
    });
    await putOffices(tx, sessionId, officeIds);
    await record(tx, ctx, {
      type: "onsite_session.created",
      accountId: null,
      sessionId,
      campaignId,
      place: wanted.place,
    });
    return ok({ sessionId });
  });
}

/** Whether an officer may have a session for these: all of them theirs, and none retired. */
export async function areOffered(tx: Tx, officer: Officer, officeIds: readonly string[]): Promise<boolean> {
  const scope = scopeOf(officer, "onsite.manage");
  if (!officeIds.every((id) => reachesOffice(scope, id))) return false;
  const known = await tx
    .select({ id: office.id })
    .from(office)
    .where(and(inArray(office.id, [...officeIds]), isNull(office.retiredAt)));
  return known.length === officeIds.length && known.length > 0;
}

export const putOffices = (tx: Tx, sessionId: string, officeIds: readonly string[]) =>
  tx.insert(onsiteSessionOffice).values(officeIds.map((officeId) => ({ sessionId, officeId })));
