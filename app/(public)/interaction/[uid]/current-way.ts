import { cookies } from "next/headers";
import type { Context } from "#lib/kernel/context.ts";
import { findOnTheWay, type Way } from "#lib/relying-party/interaction/find-on-the-way.ts";
import { interactionCookieOn } from "#lib/relying-party/provider/wire/interaction-cookie.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";

type CurrentWay = { ctx: Context; way: Way };

/** Where this browser stands on its way to a system. The context acts for whoever is signed in, if anybody. */
export async function currentWay(uid: string): Promise<CurrentWay> {
  const [nobody, session, own] = await Promise.all([currentContext(), currentSession(), cookies()]);
  const ctx: Context = session
    ? { ...nobody, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } }
    : nobody;
  const held = own.get(interactionCookieOn(config().origin))?.value;
  return { ctx, way: await findOnTheWay(ctx, { uid, held }, session) };
}
