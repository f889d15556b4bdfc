import type { HeldByClient } from "../../harness/enrol-people.ts";
import type { Client } from "../../harness/people.ts";

/** So many sign-ins begin each second, however many are still under way, for so many seconds. */
export type Phase = { name: PhaseName; rate: number; seconds: number };
/** `warm`: everybody once, so that their browsers are known and no letter is written of it; it is not judged. */
export type PhaseName = "warm" | "steady" | "over" | "back";

/** What the process that signs people in is told on standard input. */
export type LoadJob = {
  origin: string;
  ca: string;
  phases: readonly Phase[];
  /** With passwords: they are the load. */
  clients: readonly Client[];
  /** With passkeys: one each second of them, meanwhile. */
  watchers: readonly (Client & HeldByClient)[];
};

/**
 * What it answers, a line of JSON for each: how a sign-in, the page that lies ready or a passkey's sign-in ended, and after
 * how many milliseconds; `at` since the phases began. `put_off` is 503, told early; `unbegun` would have had to wait for a
 * person who was free.
 */
export type Outcome = {
  what: "sign_in" | "page" | "passkey";
  phase: PhaseName;
  at: number;
  ms: number;
  how: "done" | "put_off" | "failed" | "unbegun";
  /** Of a failure: what happened. */
  why?: string;
};
