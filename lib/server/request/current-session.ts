import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Context } from "#lib/kernel/context.ts";
import { findSession, type Session } from "#lib/session/session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { readCookie } from "./browser-cookies.ts";
import { currentContext } from "./current-context.ts";

/** Asked once a request; nobody without the cookie costs no query. */
const openSession = cache(async (): Promise<Session | null> => {
  const token = await readCookie("session");
  if (!token) return null;
  const isUse = (await headers()).get("x-kunci-by-itself") === null;
  return findSession(await currentContext(), token, { isUse });
});

/** Where a session that an enrolment ticket opened is confined to. */
const ENROLMENT = "/enrol";

/** Who is signed in. Whom an enrolment ticket let in is nobody, but on its own page: `currentEnrolment`. */
export async function currentSession(): Promise<Session | null> {
  const session = await openSession();
  return session?.ticketId === null ? session : null;
}

export type Signed = { ctx: Context; session: Session };

const acting = async (session: Session): Promise<Signed> => {
  const ctx = await currentContext();
  return { session, ctx: { ...ctx, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } } };
};

/** Who may enrol one second factor here, and a context that acts for them; null of anybody else. */
export async function currentEnrolment(): Promise<Signed | null> {
  const session = await openSession();
  return session && session.ticketId !== null ? acting(session) : null;
}

/**
 * The session and a context that acts for its owner, or away to sign-in and back to `path` afterwards; whom an enrolment
 * ticket let in is led to what it is for.
 */
export async function requireSession(path: string): Promise<Signed> {
  const session = await openSession();
  if (!session) redirect(signInPath(path));
  if (session.ticketId !== null) redirect(ENROLMENT);
  return acting(session);
}
