import { cookies } from "next/headers";
import type { Context } from "#lib/kernel/context.ts";
import { findOnTheWay, type Way } from "#lib/relying-party/interaction/find-on-the-way.ts";
import { interactionCookieOn } from "#lib/relying-party/provider/interaction-cookie.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";

type CurrentWay = { ctx: Context; way: Way };

/**
 * Where this browser stands on its way to a system. The provider gave the browser in which it was begun a cookie with its id: in
 * any other there is no such request. A context acts for whoever is signed in, if anybody.
 */
export async function currentWay(uid: string): Promise<CurrentWay> {
  const [nobody, session, own] = await Promise.all([currentContext(), currentSession(), cookies()]);
  const ctx: Context = session
    ? { ...nobody, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } }
    : nobody;
  return {
    ctx,
    way: await findOnTheWay(ctx, own.get(interactionCookieOn(config().origin))?.value === uid ? uid : "", session),
  };
}
