import { redirect } from "next/navigation";
import { cache } from "react";
import type { Context } from "#lib/kernel/context.ts";
import { findSession, type Session } from "#lib/session/session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { readCookie } from "./browser-cookies.ts";
import { currentContext } from "./current-context.ts";

/** Who is signed in, asked once a request; nobody without the cookie costs no query. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await readCookie("session");
  return token ? findSession(await currentContext(), token) : null;
});

/** The session and a context that acts for its owner, or away to sign-in and back to `path` afterwards. */
export async function requireSession(path: string): Promise<{ ctx: Context; session: Session }> {
  const session = await currentSession();
  if (!session) redirect(signInPath(path));
  const ctx = await currentContext();
  return { session, ctx: { ...ctx, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } } };
}
