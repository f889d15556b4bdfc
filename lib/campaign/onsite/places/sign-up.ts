import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { holdById } from "#lib/account/find-account.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type HeldSession, holdSession, reachSession } from "../session/reach-session.ts";
import { isToCome, takesSignUps } from "../session/session-times.ts";
import { type Taken, type TakeRefusal, takePlace } from "./take-place.ts";

/** session_over: it has begun, is past or was cancelled. */
export type SignUpRefusal = "signed_out" | "not_found" | "session_over" | TakeRefusal;

// Whom a session is for: people of its offices whom its campaign is for. One that is a draft still, or closed, has none.
const forThemStatement = {
  name: "onsite_is_for",
  text: `select 1 from onsite_session s join campaign c on c.id = s.campaign_id
      join campaign_person p on p.campaign_id = c.id and p.account_id = $2 and p.state <> 'left'
      join account a on a.id = p.account_id
      join onsite_session_office o on o.session_id = s.id and o.office_id = a.office_id
    where s.id = $1 and c.state in ('announced', 'running')`,
};

const isFor = async (tx: Tx, session: HeldSession, accountId: string): Promise<boolean> =>
  (await run(tx, forThemStatement, [session.id, accountId])).length > 0;

/**
 * The person comes to a session: with a place, or where none is left in the waiting list. Refuses `not_found` for a session
 * that is not for their office or not of a campaign of theirs, `has_place` where they already come to another.
 */
export function signUp(ctx: Context, sessionId: string): Promise<Result<Taken, SignUpRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<Taken, SignUpRefusal>> => {
    if (ctx.actor.kind !== "account") return refuse("signed_out");
    const { accountId } = ctx.actor;
    const owner = await holdById(tx, accountId);
    if (owner?.status !== "activated") return refuse("signed_out");
    const session = await holdSession(tx, sessionId);
    if (!session || !(await isFor(tx, session, accountId))) return refuse("not_found");
    if (!takesSignUps(session, ctx.now())) return refuse("session_over");
    return takePlace(tx, ctx, session, { accountId, madeBy: accountId });
  });
}

/**
 * The same by an officer, for somebody who cannot sign in or asked them to: anybody in their offices whose account is not
 * closed or suspended (`not_possible`), until the session is over.
 */
export function signUpFor(
  ctx: Context,
  sessionId: string,
  accountId: string,
): Promise<Result<Taken, SignUpRefusal | ReachRefusal | "not_possible">> {
  return ctx.db.transaction(async (tx): Promise<Result<Taken, SignUpRefusal | ReachRefusal | "not_possible">> => {
    const reached = await reachAccount(tx, ctx, "onsite.manage", accountId);
    if (!reached.ok) return reached;
    const { account, officer } = reached.value;
    const at = await reachSession(tx, ctx, "onsite.manage", sessionId, "some");
    if (!at.ok) return at;
    const { session } = at.value;
    if (session.campaignClosed || !isToCome(session, ctx.now())) return refuse("session_over");
    if (account.status === "closed" || account.status === "suspended") return refuse("not_possible");
    const taken = await takePlace(tx, ctx, session, { accountId: account.id, madeBy: officer.accountId });
    return taken.ok ? ok(taken.value) : taken;
  });
}
