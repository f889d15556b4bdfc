import type { Db } from "#db/client.ts";
import type { Keyring } from "./keyring.ts";

export type Language = "ms" | "en";

/** Who does it. "nobody" has not signed in; "system" is a job; "operator" is at the command line. */
export type Actor =
  | { kind: "nobody" }
  | { kind: "system" }
  | { kind: "operator" }
  | { kind: "account"; accountId: string; sessionId: string };

/** What is known of the request: for throttling, the audit trail and the letters. Never decides who somebody is. */
export type RequestFacts = {
  /** Random id of the request, also in the logs. */
  id: string;
  /** The client's address, behind trusted proxies the right-most one not trusted. */
  ip: string;
  /** "Chrome pada Windows": browser and system in words, never the raw header. */
  device: string;
  /** Where an officer works who acts on somebody's account ("Meja Bantuan, Ibu Pejabat"): letters say so, not `device`. */
  desk?: string;
  /** Secret of this browser, from its long-lived cookie; null on its first visit. */
  deviceToken: string | null;
  language: Language;
};

/** What the agency has chosen (environment, and over it the administrators' pages). */
export type Policy = {
  /** Domains of official mailboxes: `contoh.example.gov.my`, or `*.gov.my` for every domain below it. */
  emailDomains: readonly string[];
  passwordPolicy: "jpa" | "nist";
  /**
   * Who decides on "two factors every time": the owner of each account, or the agency, for everybody that has a second
   * one.
   */
  twoFactors: "owner" | "always";
  /** Whether people may register themselves. */
  registration: "open" | "closed";
  /** The relying party id of passkeys: the host of the origin, or a domain above it. */
  passkeyRpId: string;
};

/**
 * Everything a use case needs from outside. The clock, chance and the environment come in here and nowhere else,
 * so that a test can move the clock and a job can act for the system.
 */
export type Context = {
  db: Db;
  now: () => Date;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Buffer;
  /** `https://kunci.agency.gov.my`: mailed links are made of it, never of request headers. */
  origin: string;
  keys: Keyring;
  policy: Policy;
  actor: Actor;
  request: RequestFacts;
};

/** Where a letter says that something was done or asked for from. */
export const doneFrom = ({ request }: Pick<Context, "request">): string => request.desk ?? request.device;
