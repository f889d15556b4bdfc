import type { Context } from "#lib/kernel/context.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";

/** A context of whoever is on the telephone: of the owner where they are signed in, else of nobody. */
export async function currentCaller(): Promise<Context> {
  const [ctx, session] = await Promise.all([currentContext(), currentSession()]);
  if (!session) return ctx;
  return { ...ctx, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } };
}

const CODE = /^[0-9]{6}$/;

/** The code that was typed here before, or what cannot be one as nothing. */
export const spokenIn = (kept: string | null): string | null => (kept !== null && CODE.test(kept) ? kept : null);
