import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaign, campaignPhase } from "#db/schema/campaign.ts";
import { campaignRun } from "#db/schema/campaign-run.ts";
import { record } from "#lib/audit/record.ts";
import { type Reason, sealReason } from "#lib/helpdesk/reason.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { reachesOffice, type Scope, scopeOf } from "#lib/office/roles/rights.ts";
import { requireRight } from "#lib/office/roles/rights-now.ts";
import type { Hindrance } from "../board/hindrances.ts";
import { isOpen } from "../definition/campaign-state.ts";
import { type Concerned, countConcerned, type RunsOf } from "./concerned.ts";

/** What people can do something about themselves: of the rest nobody is reminded. */
export const remindable = [
  "not_activated",
  "official_email",
  "profile",
  "second_factor",
] as const satisfies Hindrance[];
export type Remindable = (typeof remindable)[number];

/** Whom an officer reminds: those whom this holds up, of these offices; null: everybody in their scope who is not done. */
export type ReminderWanted = {
  campaignId: string;
  phaseId: string;
  heldUpBy: Remindable | null;
  officeIds: readonly string[] | null;
};
/** reminder_open: the same was begun by hand before, and has still to go out. */
export type RemindRefusal =
  | "signed_out"
  | "not_found"
  | "campaign_not_open"
  | "phase_not_begun"
  | "nobody_to_remind"
  | "reminder_open";

/** How many a reminder would reach now, and pass over. */
export type Foreseen = Concerned;

type Judged = Result<{ wanted: RunsOf; foreseen: Foreseen; officerId: string }, RemindRefusal>;

/**
 * Whether the reminder may go out, and to how many. Its offices are those in the officer's scope: naming another is
 * `not_found`. A phase that has ended may still be reminded, by hand: nobody is left behind.
 */
async function judge(tx: Tx, ctx: Context, wanted: ReminderWanted): Promise<Judged> {
  const officer = await requireRight(tx, ctx, "campaign.remind");
  if (!officer.ok) return officer;
  const officeIds = within(scopeOf(officer.value, "campaign.remind"), wanted.officeIds);
  if (officeIds === "outside" || !isUuid(wanted.campaignId) || !isUuid(wanted.phaseId)) return refuse("not_found");
  const [found] = await tx
    .select({ state: campaign.state, fromDay: campaignPhase.fromDay })
    .from(campaignPhase)
    .innerJoin(campaign, eq(campaign.id, campaignPhase.campaignId))
    .where(and(eq(campaignPhase.id, wanted.phaseId), eq(campaign.id, wanted.campaignId)))
    .for("share");
  if (!found || found.state === "draft") return refuse("not_found");
  if (!isOpen(found.state)) return refuse("campaign_not_open");
  if (found.fromDay > dayOf(ctx.now()) && !(await wasInvited(tx, wanted.phaseId))) return refuse("phase_not_begun");
  const run: RunsOf = { ...wanted, officeIds, kind: "reminder", after: null };
  const foreseen = await countConcerned(tx, run, ctx.now());
  return ok({ wanted: run, foreseen, officerId: officer.value.accountId });
}

const within = (scope: Scope, wanted: readonly string[] | null): readonly string[] | null | "outside" => {
  if (wanted === null) return scope.all ? null : scope.offices;
  return wanted.every((id) => isUuid(id) && reachesOffice(scope, id)) ? wanted : "outside";
};

async function wasInvited(tx: Tx, phaseId: string): Promise<boolean> {
  const invitation = and(eq(campaignRun.phaseId, phaseId), eq(campaignRun.kind, "invitation"));
  const [run] = await tx.select({ id: campaignRun.id }).from(campaignRun).where(invitation).limit(1);
  return run !== undefined;
}

async function waitsAlready(tx: Tx, { phaseId, heldUpBy, officeIds }: RunsOf): Promise<boolean> {
  const open = await tx
    .select({ heldUpBy: campaignRun.heldUpBy, officeIds: campaignRun.officeIds })
    .from(campaignRun)
    .where(
      and(
        eq(campaignRun.phaseId, phaseId),
        isNotNull(campaignRun.startedBy),
        inArray(campaignRun.state, ["running", "paused"]),
      ),
    );
  const whom = (of: { heldUpBy: string | null; officeIds: readonly string[] | null }) =>
    JSON.stringify([of.heldUpBy, of.officeIds && [...of.officeIds].sort()]);
  return open.some((run) => whom(run) === whom({ heldUpBy, officeIds }));
}

/** What would happen: for the page on which an officer decides. */
export const foreseeReminder = (ctx: Context, wanted: ReminderWanted): Promise<Result<Foreseen, RemindRefusal>> =>
  ctx.db.transaction(async (tx) => {
    const judged = await judge(tx, ctx, wanted);
    return judged.ok ? ok(judged.value.foreseen) : judged;
  });

/**
 * Reminds people of what is left of their move, now, or on the next day that is not quiet: a run of its own, before what the
 * schedule sends. Who has had a letter of a campaign today is passed over. Answers the run and how many it is for.
 */
export const remind = (
  ctx: Context,
  { reason, ...asked }: ReminderWanted & { reason: Reason },
): Promise<Result<{ runId: string; people: number }, RemindRefusal>> =>
  ctx.db.transaction(async (tx) => {
    // Of two who press at once the second finds the run of the first.
    if (!isUuid(asked.phaseId)) return refuse("not_found");
    const its = eq(campaignPhase.id, asked.phaseId);
    await tx.select({ id: campaignPhase.id }).from(campaignPhase).where(its).for("no key update");
    const judged = await judge(tx, ctx, asked);
    if (!judged.ok) return judged;
    const { wanted, foreseen, officerId } = judged.value;
    if (await waitsAlready(tx, wanted)) return refuse("reminder_open");
    if (foreseen.owed === 0) return refuse("nobody_to_remind");
    const { campaignId, phaseId, heldUpBy } = wanted;
    const id = uuidv7(ctx.now(), ctx.random);
    await tx.insert(campaignRun).values({
      id,
      campaignId,
      phaseId,
      kind: "reminder",
      occasion: id,
      heldUpBy,
      officeIds: wanted.officeIds && [...wanted.officeIds],
      state: "running",
      startedBy: officerId,
      startedAt: ctx.now(),
      reasonSealed: sealReason(ctx, reason, id),
    });
    await record(tx, ctx, {
      type: "campaign_letters.started",
      accountId: null,
      campaignId,
      runId: id,
      kind: "reminder",
      how: "officer",
    });
    return ok({ runId: id, people: foreseen.owed });
  });
