import { and, eq, gt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { accessRequest } from "#db/schema/relying-party.ts";
import { holdOwner } from "#lib/account/profile/hold-owner.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before } from "#lib/kernel/time.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { limits } from "#lib/throttle/limits.ts";
import { mayOpen } from "../may-open.ts";
import { sealNote } from "./seal-request-words.ts";

/**
 * system_unknown: there is none, or it is disabled. awaiting_confirmation: their office has not confirmed the account yet,
 * and that comes first. may_open: nothing to ask for. no_roles: it declares no role that anybody could be given. waiting:
 * one for this system is open already. too_many: ten were asked for in the last 24 hours, of all systems.
 */
export type AccessRefusal =
  | "signed_out"
  | "system_unknown"
  | "awaiting_confirmation"
  | "may_open"
  | "no_roles"
  | "waiting"
  | "too_many";

/** `note`: what for, in the person's own words, of at most `NOTE_MAX` code points. */
export type AccessWanted = { relyingPartyId: string; note?: string | undefined };

/**
 * The signed-in person asks their office for a system that they may not open; it is decided among the office's work. The
 * note lies sealed. Of many at once one is filed.
 */
export async function requestAccess(
  ctx: Context,
  { relyingPartyId, note }: AccessWanted,
): Promise<Result<{ requestId: string }, AccessRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    const system = isUuid(relyingPartyId) ? await findSystem(tx, ctx, owner.id, relyingPartyId) : null;
    if (!system) return refuse("system_unknown");
    if (owner.staffConfirmedAt === null) return refuse("awaiting_confirmation");
    if (system.mayOpen) return refuse("may_open");
    if (!system.hasRoles) return refuse("no_roles");
    const theirs = eq(accessRequest.accountId, owner.id);
    const open = and(theirs, eq(accessRequest.relyingPartyId, relyingPartyId), eq(accessRequest.state, "open"));
    if ((await tx.$count(accessRequest, open)) > 0) return refuse("waiting");
    const since = before(ctx.now(), limits.accessRequests.window);
    const late = await tx.$count(accessRequest, and(theirs, gt(accessRequest.requestedAt, since)));
    if (late >= limits.accessRequests.points) return refuse("too_many");

    const id = uuidv7(ctx.now(), ctx.random);
    await tx.insert(accessRequest).values({
      id,
      accountId: owner.id,
      relyingPartyId,
      noteSealed: note === undefined ? null : sealNote(ctx, id, note),
      requestedAt: ctx.now(),
    });
    const about = { accountId: owner.id, requestId: id, relyingPartyId, system: system.name };
    await record(tx, ctx, { type: "access_request.opened", ...about });
    return ok({ requestId: id });
  });
}

type System = { name: string; mayOpen: boolean; hasRoles: boolean };

const findStatement = {
  name: "system_to_ask_for",
  text: `select p.name, ${mayOpen("a", "p", "$3")} as "mayOpen",
      exists (select 1 from relying_party_role r where r.relying_party_id = p.id and r.retired_at is null) as "hasRoles"
    from relying_party p join account a on a.id = $1 where p.id = $2 and p.disabled_at is null`,
};

async function findSystem(tx: Tx, ctx: Context, accountId: string, relyingPartyId: string): Promise<System | null> {
  const [found] = await run<System>(tx, findStatement, [accountId, relyingPartyId, ctx.now()]);
  return found ?? null;
}
