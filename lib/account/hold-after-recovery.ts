import { after, type Duration, hours } from "#lib/kernel/time.ts";

/**
 * After access was recovered the official mailbox and the security questions stay for so long: who came in by a mailbox
 * that is not theirs alone shall not take along what brings its owner back before the notices were read. Figure: the
 * product's rule for the official mailbox.
 */
export const HOLD_AFTER_RECOVERY: Duration = hours(48);

/** Until when they stay as they are; null where they may change. */
export function heldUntil(recoveredAt: Date | null, now: Date): Date | null {
  const until = recoveredAt && after(recoveredAt, HOLD_AFTER_RECOVERY);
  return until && until > now ? until : null;
}
