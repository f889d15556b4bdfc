import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { readCase } from "#lib/account/open-case.ts";
import { wantedIdentity } from "#lib/account/profile/list-corrections.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/** How long an officer sees a number in full before the page hides it again. */
export const UNMASKED_FOR = seconds(60);

/** The number as it is, and the one that its owner has asked for and nobody has decided on. */
export type SeenIdentity = { now: IdentityNumber; wanted: IdentityNumber | null };

/**
 * The identity number in full, for an officer who has just proven who they are (`step_up` otherwise). Each look is kept
 * with its reason, and told to the owner.
 */
export const unmaskIdentity = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<SeenIdentity, ReachRefusal | ChangeRefusal>> =>
  actOn(ctx, "unmask", wanted, async ({ tx, ctx: desk, account, act }) => {
    const may = await mayChange(tx, desk, "identity.unmask");
    if (!may.ok) return may;
    const { actionId } = await act();
    await record(tx, desk, { type: "identity.unmasked", accountId: account.id, actionId });
    await notifyOwner(tx, desk, account.id, "identity_seen");
    return ok({ now: unsealIdentity(desk, account), wanted: await wantedBy(tx, desk, account.id) });
  });

async function wantedBy(tx: Tx, ctx: Context, accountId: string): Promise<IdentityNumber | null> {
  const [filed] = await tx
    .select()
    .from(helpdeskCase)
    .where(
      and(eq(helpdeskCase.accountId, accountId), eq(helpdeskCase.kind, "identity"), eq(helpdeskCase.state, "open")),
    );
  const wanted = filed && readCase(ctx, filed).wanted;
  return wanted ? wantedIdentity.read(wanted).identity : null;
}
