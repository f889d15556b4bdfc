import { AsyncLocalStorage } from "node:async_hooks";
import { NextRequest } from "next/server";
import NextAuth, { customFetch, type Profile } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import Google from "next-auth/providers/google";
import type { GoogleIdentity } from "#lib/authenticators/google/google-identity.ts";
import type { Language } from "#lib/kernel/context.ts";
import { currentKey, eachKey } from "#lib/kernel/keyring.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { SESSION_LIFETIME } from "#lib/session/session.ts";
import { config } from "../config.ts";
import { portal } from "../portal.ts";
import { type BrowserCookie, clearCookie, cookieName, cookieOptions, isSecure } from "../request/browser-cookies.ts";
import { cookieNameOn } from "../request/cookie-names.ts";

/**
 * The session that a ceremony has just established, on its way to the cookie within one request. It never crosses the
 * network, so there is no ticket to steal.
 */
const handover = new AsyncLocalStorage<string>();

/** What Google says of somebody: `name` as they have it there, `isVerified` whether Google has verified the address. */
export type GoogleProfile = GoogleIdentity & { name: string | null; isVerified: boolean };

/** Where what Google said is put down, within the request that brings it. */
const fromGoogle = new AsyncLocalStorage<{ profile?: GoogleProfile }>();

/** Google answers in some 100 ms; an office whose way to it is shut shall not wait longer than this. */
const GOOGLE_ANSWERS_WITHIN = seconds(8);

/** What next-auth keeps in the browser between leaving for Google and coming back, sealed. */
const journey = ["google-state", "google-nonce", "google-pkce"] as const satisfies readonly BrowserCookie[];
const kept = (cookie: BrowserCookie) => ({ name: cookieName(cookie), options: cookieOptions(cookie) });

/**
 * The one file that speaks to next-auth, and only from within: of its own addresses the one that Google sends people
 * back to is open, by `returnFromGoogle`. Its session cookie carries our opaque secret and nothing else; the session's
 * row decides.
 */
const auth = NextAuth(() => {
  // Whatever the environment or a request says, its addresses are of the configured origin.
  process.env.AUTH_URL = config().origin;
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() };
  const [state, nonce, pkceCodeVerifier] = journey;
  return {
    // The first one seals, each opens: whoever was on the way to Google when the key was replaced comes back.
    secret: eachKey(portal().keys.cookie).map((set) => currentKey(set).toString("base64url")),
    trustHost: true,
    basePath: "/api/auth",
    session: { strategy: "jwt" as const, maxAge: SESSION_LIFETIME / 1_000 },
    cookies: {
      sessionToken: { name: cookieName("session"), options },
      // It insists on remembering where to lead; we do that ourselves, so this one ends as it comes.
      callbackUrl: { name: cookieNameOn(config().origin, "nowhere"), options: { ...options, maxAge: 0 } },
      state: kept(state),
      nonce: kept(nonce),
      pkceCodeVerifier: kept(pkceCodeVerifier),
    },
    providers: [ceremony(), ...google()],
    jwt: {
      encode: async ({ token }: { token?: { sub?: string } | undefined }) => String(token?.sub ?? ""),
      decode: async ({ token }: { token?: string | undefined }) => (token ? { sub: token } : null),
    },
    callbacks: {
      jwt: async ({ token, user }) => (user?.id ? { sub: user.id } : token),
      signIn: ({ account, profile }) => account?.provider === "ceremony" || putDown(profile),
    },
    logger: { error: tell, warn: () => {}, debug: () => {} },
  };
});

const ceremony = () =>
  Credentials({
    id: "ceremony",
    credentials: {},
    authorize: () => {
      const sessionToken = handover.getStore();
      return sessionToken ? { id: sessionToken } : null;
    },
  });

const google = () => {
  const { google } = config();
  if (!google) return [];
  return [
    Google({
      ...google,
      checks: ["pkce", "state", "nonce"],
      [customFetch]: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(GOOGLE_ANSWERS_WITHIN) }),
    }),
  ];
};

/** Google's answer is complete and belongs here: put down, and next-auth is kept from opening a session of its own. */
function putDown(profile: Profile | undefined): string {
  const said = fromGoogle.getStore();
  const { sub, email, name, email_verified } = profile ?? {};
  if (said && isShort(sub, 255) && isShort(email, 254))
    said.profile = {
      subject: sub,
      email,
      name: isShort(name, 200) ? name : null,
      isVerified: email_verified === true,
    };
  return "/";
}

const isShort = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= most;

/**
 * What comes of a browser: an old page, a changed mind, somebody trying. Everything else is an operator's to put right.
 */
const OF_BROWSERS = new Set(["CredentialsSignin", "InvalidCheck", "OAuthCallbackError", "AccessDenied"]);

function tell(fault: Error): void {
  if (OF_BROWSERS.has((fault as { type?: string }).type ?? fault.name)) return;
  const cause = (fault.cause as { err?: Error } | undefined)?.err;
  // Google's own word for it, such as invalid_client.
  const said = (cause as { error?: unknown } | undefined)?.error;
  portal().log.warn(
    { err: cause ?? fault, ...(typeof said === "string" && { said }) },
    "Google's answer could not be used",
  );
}

/** Puts an established session's secret into this browser's cookie. */
export const issueCookie = (sessionToken: string): Promise<unknown> =>
  handover.run(sessionToken, () => auth.signIn("ceremony", { redirect: false }));

/** Takes the cookie away; the row is ended by `endSession`. */
export const withdrawCookie = (): Promise<unknown> => auth.signOut({ redirect: false });

/**
 * Where at Google this browser is to go, and the state it comes back with; its state, nonce and PKCE verifier are in
 * cookies of this browser. Which account it shall be is always asked there: an office's computer may know several. Null
 * where Google cannot be reached.
 */
export async function departForGoogle(language: Language): Promise<{ address: string; state: string } | null> {
  const address = await auth.signIn(
    "google",
    { redirect: false, redirectTo: "/" },
    { prompt: "select_account", hl: language },
  );
  const state = new URL(address).searchParams.get("state");
  // What failed leads to a page of its own, which is not open.
  return address.startsWith(`${config().origin}/`) || state === null ? null : { address, state };
}

/**
 * Who it is that Google sends back by `request`: its answer belongs to the state, nonce and PKCE verifier of this
 * browser, which are used up by it. `cancelled`: the person changed their mind there.
 */
export async function returnFromGoogle(request: Request): Promise<Result<GoogleProfile, "cancelled" | "failed">> {
  const { search } = new URL(request.url);
  const asked = new NextRequest(`${config().origin}/api/auth/callback/google${search}`, { headers: request.headers });
  const said: { profile?: GoogleProfile } = {};
  await fromGoogle.run(said, () => auth.handlers.GET(asked));
  await Promise.all(journey.map(clearCookie));
  if (said.profile) return ok(said.profile);
  return refuse(asked.nextUrl.searchParams.get("error") === "access_denied" ? "cancelled" : "failed");
}
