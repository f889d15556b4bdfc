import { AsyncLocalStorage } from "node:async_hooks";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { currentKey } from "#lib/kernel/keyring.ts";
import { SESSION_LIFETIME } from "#lib/session/session.ts";
import { cookieName, isSecure } from "./browser-cookies.ts";
import { portal } from "./portal.ts";

/**
 * The session that a ceremony has just established, on its way to the cookie within one request. It never crosses the
 * network, so there is no ticket to steal.
 */
const handover = new AsyncLocalStorage<string>();

/**
 * The one file that speaks to next-auth, and only from within: none of its own addresses is open. Its cookie carries our opaque
 * secret and nothing else; the session's row decides.
 */
const auth = NextAuth(() => ({
  secret: currentKey(portal().keys.cookie).toString("base64url"),
  trustHost: true,
  basePath: "/api/auth",
  session: { strategy: "jwt" as const, maxAge: SESSION_LIFETIME / 1_000 },
  cookies: {
    sessionToken: {
      name: cookieName("session"),
      options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() },
    },
  },
  providers: [
    Credentials({
      id: "ceremony",
      credentials: {},
      authorize: () => {
        const sessionToken = handover.getStore();
        return sessionToken ? { id: sessionToken } : null;
      },
    }),
  ],
  jwt: {
    encode: async ({ token }) => String(token?.sub ?? ""),
    decode: async ({ token }) => (token ? { sub: token } : null),
  },
  callbacks: { jwt: async ({ token, user }) => (user?.id ? { sub: user.id } : token) },
  logger: { error: () => {}, warn: () => {}, debug: () => {} },
}));

/** Puts an established session's secret into this browser's cookie. */
export const issueCookie = (sessionToken: string): Promise<unknown> =>
  handover.run(sessionToken, () => auth.signIn("ceremony", { redirect: false }));

/** Takes the cookie away; the row is ended by `endSession`. */
export const withdrawCookie = (): Promise<unknown> => auth.signOut({ redirect: false });
