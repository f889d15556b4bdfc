import { cookies } from "next/headers";
import { APPEARANCE_COOKIE, type Appearance } from "#lib/kernel/appearance.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { Duration } from "#lib/kernel/time.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { SIGN_IN_LIFETIME } from "#lib/sign-in/ceremony.ts";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { limits } from "#lib/throttle/limits.ts";
import { config } from "../config.ts";
import { cookieNameOn } from "./cookie-names.ts";

/**
 * Every cookie of the portal but the session's, which next-auth issues, and those of the language and the look. How
 * long a browser keeps them.
 */
const lifetimes = {
  /** Secret of this browser: what tells a known one from a new one. */
  device: days(400),
  /** The sign-in under way. */
  "sign-in": SIGN_IN_LIFETIME,
  /** The mailed link, between opening and confirming it. */
  link: hours(1),
  /** The activation under way. */
  activation: minutes(30),
  /** The mailed link that disowns a sign-in, between opening and pressing it. */
  undo: hours(1),
  /** The mailed link to a new mailbox, between opening and confirming it: a sign-in may come in between. */
  mailbox: hours(1),
  /** A new password that is being chosen after a mailed link: longer than that lives, so that its page can say so. */
  reset: hours(1),
  /** Sealed: for whom a new password was asked for (`pending-recovery.ts`). */
  forgot: hours(1),
  /** The mailed link that locks an account, between opening and pressing it. */
  lock: hours(1),
  /** An account was locked here just now: its case's reference, or `yes`. */
  locked: hours(1),
  /** Sealed: for whom another second factor was asked for (`pending-recovery.ts`). */
  lost: hours(1),
  /** The mailed link on a lost second factor: its progress is shown in this browser until all is done. */
  recovery: days(14),
  /** The mailed link that enrols a new one, between opening it and signing in. */
  enrolment: hours(1),
  /** The code that an officer reads out on the telephone, as it was typed: as long as such codes are good. */
  call: minutes(10),
  /** Sealed: what was asked for on the page before (`pending-request.ts`). */
  pending: hours(1),
  /** Sealed: what was typed before a step-up (`step-up.ts`). */
  typed: SIGN_IN_LIFETIME,
  /**
   * Sealed: what somebody went to Google for (`google-errand.ts`), and what next-auth makes sure of their return by.
   */
  google: minutes(15),
  "google-state": minutes(15),
  "google-nonce": minutes(15),
  "google-pkce": minutes(15),
  /** Sealed: a Google account that may be linked later (`remembered-google.ts`): as long as an activation may take. */
  "google-account": limits.registrationLapsesAfter,
  /** The id of a system's request that waits while its person enrols what it asks for: as long as that lives. */
  waiting: hours(1),
  /** Something of the checklist of a move is being done: the settings show the way back to it. */
  move: hours(1),
  /** The method this browser last signed in with, whoever it was. */
  method: days(400),
} as const satisfies Record<string, Duration>;

export type BrowserCookie = keyof typeof lifetimes;

export const cookieName = (cookie: BrowserCookie | "session"): string => cookieNameOn(config().origin, cookie);

export const isSecure = (): boolean => config().origin.startsWith("https:");

export const readCookie = async (cookie: BrowserCookie | "session"): Promise<string | null> =>
  (await cookies()).get(cookieName(cookie))?.value ?? null;

export const cookieOptions = (cookie: BrowserCookie) =>
  ({ httpOnly: true, secure: isSecure(), sameSite: "lax", path: "/", maxAge: lifetimes[cookie] / 1_000 }) as const;

export async function setCookie(cookie: BrowserCookie, value: string): Promise<void> {
  (await cookies()).set(cookieName(cookie), value, cookieOptions(cookie));
}

export async function clearCookie(cookie: BrowserCookie): Promise<void> {
  (await cookies()).set(cookieName(cookie), "", { ...cookieOptions(cookie), maxAge: 0 });
}

/** Read by every page and no script. */
const choiceOptions = () =>
  ({ httpOnly: true, secure: isSecure(), sameSite: "lax", path: "/", maxAge: days(365) / 1_000 }) as const;

export async function setLanguageCookie(language: Language): Promise<void> {
  (await cookies()).set(LANGUAGE_COOKIE, language, choiceOptions());
}

/** Nothing is kept of somebody who leaves it to the device. */
export async function setAppearanceCookie(appearance: Appearance): Promise<void> {
  const kept = appearance !== "device";
  const options = choiceOptions();
  (await cookies()).set(APPEARANCE_COOKIE, kept ? appearance : "", kept ? options : { ...options, maxAge: 0 });
}
