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

/**
 * The identity number in full, for an officer who has just proven who they are (`step_up` otherwise). Each look is kept
 * with its reason, and told to the owner.
 */
export const unmaskIdentity = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<IdentityNumber, ReachRefusal | ChangeRefusal>> =>
  actOn(ctx, "unmask", wanted, async ({ tx, ctx: desk, account, act }) => {
    const may = await mayChange(tx, desk, "identity.unmask");
    if (!may.ok) return may;
    const { actionId } = await act();
    await record(tx, desk, { type: "identity.unmasked", accountId: account.id, actionId });
    await notifyOwner(tx, desk, account.id, "identity_seen");
    return ok(unsealIdentity(desk, account));
  });
