import type { IncomingMessage } from "node:http";
import { appearanceIn } from "#lib/kernel/appearance.ts";
import { knownMethod } from "#lib/sign-in/methods.ts";

/** The pages that say the same to everybody who has not signed in, but for the language and the look. */
const SAME_FOR_ALL: ReadonlySet<string> = new Set([
  "/",
  "/register",
  "/activate",
  "/sign-in",
  "/recover",
  "/guide",
  "/guide/activation",
  "/guide/passkey",
  "/guide/other-device",
  "/guide/authenticator-app",
  "/guide/email-otp",
  "/guide/forgot-password",
  "/guide/first-aid",
  "/accessibility",
  "/privacy",
  "/security",
]);

/**
 * Those of a sign-in: until a first proof they say the same but for the number that was typed, and the method this browser
 * signed in with last. With the question mark that a form without a field leads to.
 */
const SAME_BUT_FOR_NUMBER: ReadonlySet<string> = new Set([
  "/sign-in/method",
  "/sign-in/method?",
  "/sign-in/password",
  "/sign-in/password?",
]);

export type CookieNames = Record<"session" | "language" | "appearance" | "method" | "sign-in" | "device", string>;

export type Wanted = {
  /** The only cookies that the page is made by. */
  cookie: string;
  /** Whose sign-in it shows; null where the page shows none. */
  signIn: { ceremonyToken: string; deviceToken: string | null } | null;
};

/** By what a page is made that may be kept; null where it may not. */
export function wantedPage({ method, url = "", headers }: IncomingMessage, names: CookieNames): Wanted | null {
  const hasNumber = SAME_BUT_FOR_NUMBER.has(url);
  if (method !== "GET" || !(hasNumber || SAME_FOR_ALL.has(url))) return null;
  if (Object.keys(headers).some((name) => name === "rsc" || name.startsWith("next-"))) return null;
  const cookies = new Map((headers.cookie ?? "").split(/; */).map((pair) => pair.split("=", 2) as [string, string]));
  if (cookies.has(names.session)) return null;
  const language = cookies.get(names.language) === "en" ? "en" : "ms";
  const made = [`${names.language}=${language}`, `${names.appearance}=${appearanceIn(cookies.get(names.appearance))}`];
  if (!hasNumber) return { cookie: made.join("; "), signIn: null };
  const ceremonyToken = cookies.get(names["sign-in"]);
  if (!ceremonyToken) return null;
  const last = knownMethod(cookies.get(names.method) ?? null);
  if (last) made.push(`${names.method}=${last}`);
  return { cookie: made.join("; "), signIn: { ceremonyToken, deviceToken: cookies.get(names.device) ?? null } };
}
