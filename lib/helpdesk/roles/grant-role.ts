import { and, eq, inArray, isNull, notExists, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { type Role, roleGrant } from "#db/schema/roles.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { grantable, isAgencyWide, needsSecondPerson } from "#lib/office/roles/rights.ts";
import { recordAction } from "../act.ts";
import { type Reached, type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { holdBoth } from "../two-officers/hold-both.ts";
import { openRequest } from "../two-officers/open-request.ts";
import { checkPeriod, type Period, type PeriodRefusal } from "./check-period.ts";

/** `offices`: one or more, of a role that is held for an office each; none of the others. */
export type RoleWanted = Period & { role: Role; offices: readonly string[]; reason: Reason };

/**
 * `role_not_yours`: the officer does not stand above that role there. `not_confirmed`: the person's office has not
 * confirmed them, or the account is over. `office_needed`: no office is named, or one that
 * there is not, or that is retired. `role_held`: they hold it already, or it waits for a second person.
 */
export type RoleRefusal =
  | ReachRefusal
  | ChangeRefusal
  | "role_not_yours"
  | "office_needed"
  | "not_confirmed"
  | "role_held"
  | "already_open"
  | PeriodRefusal;

export type RoleGranted = { waits: boolean };

/**
 * Grants a role in each of these offices, after a fresh proof. SA, AP and administrator wait for a second person;
 * the others hold from `from`. Rights begin with the next sign-in. Its owner is told. All of it or nothing.
 */
export async function grantRole(
  ctx: Context,
  accountId: string,
  wanted: RoleWanted,
): Promise<Result<RoleGranted, RoleRefusal>> {
  const { role, offices } = wanted;
  const period = checkPeriod(ctx.now(), wanted);
  if (!period.ok) return period;
  const places = isAgencyWide(role) ? [null] : [...new Set(offices)];
  if (places.length === 0) return refuse("office_needed");
  return whenContended(() => ctx.db.transaction((tx) => grant(tx, ctx, { ...wanted, accountId, places })));
}

type Wanted = RoleWanted & { accountId: string; places: readonly (string | null)[] };

async function grant(
  tx: Tx,
  ctx: Context,
  { accountId, role, places, from, until, reason }: Wanted,
): Promise<Result<RoleGranted, RoleRefusal>> {
  const now = ctx.now();
  await holdBoth(tx, ctx, accountId);
  const reached = await reachAccount(tx, ctx, "role.request", accountId);
  if (!reached.ok) return reached;
  const { officer, account } = reached.value;
  if (!places.every((place) => grantable(officer, place).includes(role))) return refuse("role_not_yours");
  if (!(await areInUse(tx, places))) return refuse("office_needed");
  const may = await mayChange(tx, ctx, "role.change");
  if (!may.ok) return may;
  if (!account.staffConfirmedAt || ["suspended", "closed"].includes(account.status)) return refuse("not_confirmed");
  await endStale(tx, ctx, accountId);
  const held = await tx
    .select({ officeId: roleGrant.officeId })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.accountId, accountId),
        eq(roleGrant.role, role),
        inArray(roleGrant.state, ["requested", "active"]),
      ),
    );
  if (held.some(({ officeId }) => places.includes(officeId))) return refuse("role_held");
  const waits = needsSecondPerson(role);
  for (const officeId of places) {
    const id = uuidv7(now, ctx.random);
    const fromAt = from > now ? from : now;
    const state = waits ? "requested" : "active";
    const by = { grantedBy: officer.accountId, grantedAt: now };
    await tx.insert(roleGrant).values({ id, accountId, role, officeId, state, fromAt, untilAt: until, ...by });
    await record(tx, ctx, { type: waits ? "role.requested" : "role.granted", accountId, grantId: id, role });
    const asked = waits ? await askSecond(tx, ctx, reached.value, id, reason) : null;
    if (asked && !asked.ok) return asked;
  }
  await recordAction(tx, ctx, { accountId, action: "grant_role", reason });
  if (!waits) await notifyOwner(tx, ctx, accountId, "role_granted");
  return ok({ waits });
}

/** Whether each is an office that there is, and that is not retired. */
async function areInUse(tx: Tx, places: readonly (string | null)[]): Promise<boolean> {
  const ids = places.filter((place) => place !== null);
  return (await tx.$count(office, and(inArray(office.id, ids), isNull(office.retiredAt)))) === ids.length;
}

const askSecond = (tx: Tx, ctx: Context, reached: Reached, grantId: string, reason: Reason) =>
  openRequest(tx, ctx, reached, { kind: "role", reason, grantId });

/** What ran out, or waits for a decision that nobody will make any more, stands in nobody's way. */
async function endStale(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const now = ctx.now();
  await tx
    .update(roleGrant)
    .set({ state: "ended", endedAt: roleGrant.untilAt })
    .where(
      and(
        eq(roleGrant.accountId, accountId),
        eq(roleGrant.state, "active"),
        sql`${roleGrant.untilAt} <= ${now.toISOString()}::timestamptz`,
      ),
    );
  const waiting = tx
    .select({ id: officerRequest.id })
    .from(officerRequest)
    .where(
      and(
        eq(officerRequest.grantId, roleGrant.id),
        eq(officerRequest.state, "open"),
        sql`${officerRequest.expiresAt} > ${now.toISOString()}::timestamptz`,
      ),
    );
  await tx
    .update(roleGrant)
    .set({ state: "refused", endedAt: now })
    .where(and(eq(roleGrant.accountId, accountId), eq(roleGrant.state, "requested"), notExists(waiting)));
}
