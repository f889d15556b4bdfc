import type { recovery } from "#db/schema/recovery.ts";
import { after, days, hours, minutes } from "#lib/kernel/time.ts";
import { RECOVERY_LETTER_LIFETIME } from "#lib/mail/letters.ts";

/** The mailed link lets answers be given this long, from when its letter was handed over. */
export const LINK_LIFETIME = minutes(30);
/** From the right answers to the ticket: time for its owner, told at every address, to stop it. */
export const WAIT = hours(24);

export type Recovery = typeof recovery.$inferSelect;

/**
 * Where a recovery stands. asked: its link may be opened and answers given · superseded: a newer letter came · expired:
 * nobody answered in time · waiting: until `readyAt` · ready: the wait is over, and a ticket was or will be mailed ·
 * stopped · completed.
 */
export type RecoveryState = "asked" | "superseded" | "expired" | "waiting" | "ready" | "stopped" | "completed";

export function recoveryState(of: Recovery, now: Date): RecoveryState {
  if (of.completedAt) return "completed";
  if (of.cancelledAt) return "stopped";
  if (of.readyAt) return of.readyAt > now ? "waiting" : "ready";
  if (of.supersededAt) return "superseded";
  // One that is not marked as handed over, yet in somebody's hands, was mailed a moment ago.
  const handedOverAt = of.handedOverAt ?? after(of.createdAt, RECOVERY_LETTER_LIFETIME);
  return after(handedOverAt, LINK_LIFETIME) <= now ? "expired" : "asked";
}

/** How long the link that stops a wait is kept open: beyond any wait with its letter and its ticket. */
export const STOP_LINK_LIFETIME = days(14);
