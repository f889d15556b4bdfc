import type { BlockList } from "node:net";
import type { Appearance } from "#lib/kernel/appearance.ts";
import type { Mode } from "../config.ts";
import type { Field } from "./parse-multipart.ts";

/** What the front knows of a request before anybody else sees it. */
export type Visit = {
  /** Random id, also in the logs and the audit trail. */
  id: string;
  ip: string;
  nonce: string;
  /** What was asked for, as it is written in an address. */
  target: string;
  /** Path without its query, decoded once for looking at, never for serving. */
  path: string;
  /** How its browser is to be shown pages, as its reader chose. */
  appearance: Appearance;
  /** What was posted, read and found in order. */
  body?: Buffer;
  /** The portal itself asks, for the page that an action leads to; it was examined when the action came in. */
  inner: boolean;
};

export type FrontSettings = {
  origin: string;
  mode: Mode;
  /** Development serves code that is evaluated and styles that are injected. */
  development?: boolean;
  trusted: BlockList;
  /** Where Google's sign-in is, where the portal offers it: forms of a few pages may lead there. */
  googleOrigin?: string | undefined;
  agency: { nameMs: string; nameEn: string; helpdeskPhone: string };
};

/** What is wrong with a request: a status, the words of `lib/text/…/front.json`, and what the words need. */
export type Refusal = {
  status: number;
  words: RefusalWords;
  headers?: Record<string, string>;
  minutes?: number;
  /** Where the page is, as it is written in an address. */
  reload?: string;
  /** A post that may be sent once more as it was: where to, and what. */
  again?: { target: string; fields: readonly Field[] };
};
export type RefusalWords = Exclude<
  keyof typeof import("#lib/text/ms/front.json"),
  "home" | "reload" | "again" | "help" | "reference"
>;

/** What Next.js keeps for itself: of its own pages and services, people need none but the files of the build. */
export const INTERNALS = "/_";
export const STATIC = "/_next/static/";

/** Files of the build, which carry nobody's data and are cached for good. */
export const isStatic = (path: string): boolean => path.startsWith(STATIC);

/** Other systems post here, not browsers: each post is signed, and has no origin to be checked. */
export const isSignedPost = (path: string): boolean => path === "/api/webhooks/resend";

/** What the provider of integrated login answers, itself checking who asks: relying parties and their browsers post here. */
export const isOidc = (path: string): boolean => path.startsWith("/oidc/");

/**
 * What relying parties ask by themselves, all their people behind one address: counted apart. The rest below `/oidc` is asked
 * by browsers.
 */
const ASKED_BY_SYSTEMS = /^\/oidc\/(?:token(?:\/introspection|\/revocation)?|request|me|jwks|\.well-known\/[a-z-]+)$/;
export const isAskedBySystems = (path: string): boolean => ASKED_BY_SYSTEMS.test(path);

/** What is published of the provider: it may be kept for as long as it says. */
export const isPublished = (path: string): boolean => /^\/oidc\/(?:jwks|\.well-known\/[a-z-]+)$/.test(path);

export const METRICS = "/api/metrics";

/** What monitoring asks: answered on any host name and never limited. */
export const isProbe = (path: string): boolean => path === "/api/health" || path === "/api/ready" || path === METRICS;

/** The forms with a file that go through here whole: the agency's crest, a system's logo. Their routes read the parts themselves. */
export const takesFile = (path: string): boolean => path === "/api/agency-crest" || path === "/api/system-logo";
