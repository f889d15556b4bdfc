import { minutes } from "#lib/kernel/time.ts";
import type { AccountFacts, LetterFact } from "../account/account-facts.ts";

/** A code is waited for at the screen: whoever waits longer has given up or started again. */
const LATE = minutes(5);
const MINUTE = minutes(1);

/** The newest code by email that took long to go out or to arrive, since somebody was last let in. Null where none did. */
export function lateCode({ letters, lastSignInAt }: AccountFacts, now: Date): { minutes: number; at: Date } | null {
  const [newest] = letters.filter(({ kind }) => kind === "email_code");
  if (!newest || (lastSignInAt && lastSignInAt >= newest.createdAt)) return null;
  const arrived = arrivedAt(newest, now);
  const took = arrived === null ? 0 : arrived.getTime() - newest.createdAt.getTime();
  return took < LATE ? null : { minutes: Math.round(took / MINUTE), at: newest.createdAt };
}

/** As far as it is known. Null where none came: its sign-in was over, or the address is the trouble. */
function arrivedAt({ state, deliveredAt, handedOverAt }: LetterFact, now: Date): Date | null {
  if (state === "queued") return now;
  return deliveredAt ?? handedOverAt;
}
