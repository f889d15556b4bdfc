import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";
import { type ChangeRefusal, holdingRelyingParty, type Which } from "./hold-relying-party.ts";

/** Nobody signs in there any more, and whoever is signed in is signed out of it: every code and token ends now. */
export async function disableRelyingParty(
  ctx: Context,
  which: Which,
): Promise<Result<{ changed: boolean; ended: number }, ChangeRefusal>> {
  return holdingRelyingParty<{ changed: boolean; ended: number }, never>(ctx, which, async (tx, row) => {
    if (row.disabledAt !== null) return ok({ set: null, value: { changed: false, ended: 0 } });
    await record(tx, ctx, {
      type: "relying_party.disabled",
      accountId: null,
      relyingPartyId: row.id,
      system: row.name,
    });
    const ended = await endRelyingPartySessions(tx, ctx, { relyingPartyId: row.id }, "disabled");
    return ok({ set: { disabledAt: ctx.now() }, value: { changed: true, ended } });
  });
}

/** People may sign in there again. */
export async function enableRelyingParty(
  ctx: Context,
  which: Which,
): Promise<Result<{ changed: boolean }, ChangeRefusal>> {
  return holdingRelyingParty<{ changed: boolean }, never>(ctx, which, async (tx, row) => {
    if (row.disabledAt === null) return ok({ set: null, value: { changed: false } });
    await record(tx, ctx, { type: "relying_party.enabled", accountId: null, relyingPartyId: row.id, system: row.name });
    return ok({ set: { disabledAt: null }, value: { changed: true } });
  });
}
