import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import {
  campaign,
  campaignDay,
  campaignLetterKinds,
  campaignPhase,
  campaignPhaseOffice,
  campaignTarget,
  campaignText,
} from "#db/schema/campaign.ts";
import { demonstration } from "#db/schema/demonstration.ts";
import { hardwareToken, hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import { relyingParty, relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { recordAll } from "#lib/audit/record.ts";
import { firstText } from "#lib/campaign/definition/create-campaign.ts";
import { lookAgain } from "#lib/campaign/people/look-again.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import { beginningOf, dayOf, daysLater } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { demoCampaign, demoSession, demoTokens } from "./demo-campaign.ts";
import { demoPeople } from "./demo-people.ts";
import { exampleSystems } from "./example-systems/systems.ts";
import { seedOnsite } from "./seed-onsite.ts";
import { seedRequests } from "./seed-requests.ts";

type Whose = { id: string; officeId: string };

/**
 * Gives a demonstration that has none a campaign in the middle of its first phase: people at different points, hardware
 * tokens in their hands, a session to come. After the example systems are registered: it is for roles in one of them.
 */
export async function seedCampaign(ctx: Context): Promise<void> {
  const [isDemo] = await ctx.db.select({ mark: demonstration.mark }).from(demonstration).limit(1);
  const [already] = await ctx.db.select({ id: campaign.id }).from(campaign).limit(1);
  if (!isDemo || already) return;
  const people = await demoAccounts(ctx);
  const administrator = people.get("840808080000");
  if (!administrator || people.size < demoPeople.length) return;
  await ctx.db.transaction(async (tx) => {
    const campaignId = uuidv7(ctx.now(), ctx.random);
    await addCampaign(tx, ctx, campaignId, administrator);
    const phases = await addPhases(tx, ctx, campaignId, people);
    await addTargets(tx, ctx, campaignId, people);
    await addTokens(tx, ctx, people);
    const [asked, comes] = demoSession.people.map((mykad) => people.get(mykad));
    if (asked && comes)
      await seedOnsite(tx, ctx, {
        campaignId,
        officeIds: [asked.officeId],
        byId: administrator.id,
        invited: [asked.id],
        booked: [comes.id],
      });
    const putForward = ["900101140000", "960229110000"].flatMap((mykad) => people.get(mykad)?.id ?? []);
    const byId = people.get("811119050000")?.id ?? administrator.id;
    await seedRequests(tx, ctx, { campaignId, byId, accountIds: putForward });
    await addDays(tx, ctx, campaignId, phases[0]?.officeIds ?? []);
    await lookAgain(
      tx,
      ctx,
      [...people.values()].map(({ id }) => id),
    );
  });
}

/** The people of the demonstration by their MyKad. */
async function demoAccounts(ctx: Context): Promise<Map<string, Whose>> {
  const rows = await ctx.db
    .select({ id: account.id, officeId: account.officeId, index: account.identityIndex })
    .from(account);
  const byIndex = new Map(rows.map(({ index, ...whose }) => [index, whose]));
  return new Map(
    demoPeople.flatMap(({ mykad }): [string, Whose][] => {
      const indexes = blindIndexes(ctx.keys, { type: "mykad", number: mykad });
      const whose = indexes.map((index) => byIndex.get(index)).find((found) => found !== undefined);
      return whose ? [[mykad, whose]] : [];
    }),
  );
}

async function addCampaign(tx: Tx, ctx: Context, campaignId: string, administrator: Whose): Promise<void> {
  const today = dayOf(ctx.now());
  const day = (n: number) => after(beginningOf(daysLater(today, n)), hours(9));
  const { phases: _, ...said } = demoCampaign;
  await tx.insert(campaign).values({
    id: campaignId,
    ...said,
    state: "running",
    createdAt: day(-40),
    createdBy: administrator.id,
    announcedAt: day(-30),
    startedAt: day(-20),
  });
  await tx.insert(campaignText).values(campaignLetterKinds.map((kind) => ({ campaignId, kind, ...firstText(kind) })));
  await recordAll(
    tx,
    ctx,
    (["campaign.created", "campaign.announced", "campaign.started"] as const).map((type) => ({
      type,
      accountId: null,
      campaignId,
    })),
  );
}

async function addPhases(tx: Tx, ctx: Context, campaignId: string, people: ReadonlyMap<string, Whose>) {
  const today = dayOf(ctx.now());
  const officeIds = officesOf(people);
  const phases = demoCampaign.phases.map(({ from, until, offices }, place) => ({
    id: uuidv7(ctx.now(), ctx.random),
    campaignId,
    number: place + 1,
    fromDay: daysLater(today, from),
    untilDay: daysLater(today, until),
    officeIds: offices.flatMap((n) => officeIds.get(n) ?? []),
  }));
  await tx.insert(campaignPhase).values(phases.map(({ officeIds: _, ...phase }) => phase));
  await tx
    .insert(campaignPhaseOffice)
    .values(phases.flatMap(({ id, officeIds: all }) => all.map((officeId) => ({ phaseId: id, campaignId, officeId }))));
  return phases;
}

/** The offices by their place among those of the demonstration, as its people have them. */
const officesOf = (people: ReadonlyMap<string, Whose>): Map<number, string> =>
  new Map(
    demoPeople.flatMap(({ mykad, office }): [number, string][] => {
      const whose = people.get(mykad);
      return whose ? [[office, whose.officeId]] : [];
    }),
  );

/** Whoever prepares and approves in "Perakaunan"; some who do and were not said to yet. */
async function addTargets(tx: Tx, ctx: Context, campaignId: string, people: ReadonlyMap<string, Whose>): Promise<void> {
  const roles = await tx
    .select({ id: relyingPartyRole.id, key: relyingPartyRole.key })
    .from(relyingPartyRole)
    .innerJoin(relyingParty, eq(relyingParty.id, relyingPartyRole.relyingPartyId))
    .where(eq(relyingParty.clientId, exampleSystems.perakaunan.clientId));
  if (roles.length > 0) await tx.insert(campaignTarget).values(roles.map(({ id }) => ({ campaignId, roleId: id })));
  const approver = roles.find(({ key }) => key === "pelulus");
  const now = ctx.now();
  const grants = demoPeople.flatMap(({ mykad, approves }) => {
    const whose = approves ? people.get(mykad) : undefined;
    if (!whose || !approver) return [];
    const id = uuidv7(now, ctx.random);
    return [{ id, accountId: whose.id, roleId: approver.id, fromAt: now, grantedAt: now }];
  });
  if (grants.length > 0) await tx.insert(relyingPartyRoleGrant).values(grants);
}

async function addTokens(tx: Tx, ctx: Context, people: ReadonlyMap<string, Whose>): Promise<void> {
  const now = ctx.now();
  for (const { mykad, ...said } of demoTokens) {
    const whose = people.get(mykad);
    if (!whose) continue;
    const id = uuidv7(now, ctx.random);
    const issuedOn = daysLater(dayOf(now), -700);
    const held = { holderId: whose.id, state: said.state };
    await tx.insert(hardwareToken).values({ id, ...said, ...held, issuedOn, stateSince: now, createdAt: now });
    const event = { tokenId: id, at: now, holderId: whose.id, byId: null };
    await tx.insert(hardwareTokenEvent).values({ ...event, move: "issue", state: "issued" });
    if (said.state === "lost")
      await tx.insert(hardwareTokenEvent).values({ ...event, move: "report_lost", state: "lost" });
  }
}

/** How three people of an office stood on days before: which day, how many had not begun, were under way, were done. */
const before = [
  [-14, 3, 0, 0],
  [-10, 2, 1, 0],
  [-7, 2, 1, 0],
  [-4, 1, 2, 0],
  [-2, 1, 1, 1],
  [-1, 1, 1, 1],
] as const;

/** For the trend to have a past. */
async function addDays(tx: Tx, ctx: Context, campaignId: string, officeIds: readonly string[]): Promise<void> {
  const today = dayOf(ctx.now());
  const rows = officeIds.flatMap((officeId) =>
    before.map(([n, notBegun, underWay, done]) => ({
      campaignId,
      officeId,
      day: daysLater(today, n),
      notBegun,
      underWay,
      done,
    })),
  );
  if (rows.length > 0) await tx.insert(campaignDay).values(rows);
}
