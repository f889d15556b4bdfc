import type { Tx } from "#db/client.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { codeOf, mailedDigests, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { ENROLMENT_LETTER_LIFETIME, ENROLMENT_TICKET_LIFETIME } from "#lib/mail/letters.ts";

/** Of a ticket that two officers decided on: it is used at the counter, or the same day. */
const OFFICERS_TICKET_LIFETIME = hours(24);

/** `token`: of the link `/enrol/TOKEN`, or its QR code. `code`: eight digits, to be typed at `/enrol`. */
export type Ticket = { ticketId: string; token: string; code: string };

/**
 * Lets the owner of an account enrol one second factor, once, after signing in with the password. After a `recovery` it
 * is mailed, and lives from when its letter was handed over; one that `officers` decided on is theirs to hand out. The
 * caller holds the account's row.
 */
export async function issueTicket(
  tx: Tx,
  ctx: Context,
  accountId: string,
  why: "recovery" | "officers",
  recoveryId: string | null = null,
): Promise<Ticket> {
  const now = ctx.now();
  const ticketId = uuidv7(now, ctx.random);
  const digests = mailedDigests(ctx.keys, "enrolment", ticketId);
  const made = { id: ticketId, ...digests };
  await tx.insert(enrolmentTicket).values({
    id: ticketId,
    accountId,
    why,
    recoveryId,
    ...digests,
    createdAt: now,
    // The hand-over of its letter brings the end forward.
    expiresAt:
      why === "officers"
        ? after(now, OFFICERS_TICKET_LIFETIME)
        : after(after(now, ENROLMENT_LETTER_LIFETIME), ENROLMENT_TICKET_LIFETIME),
  });
  await record(tx, ctx, { type: "enrolment_ticket.issued", accountId, ticketId, why });
  return {
    ticketId,
    token: tokenOf(ctx.keys, "enrolment", made),
    code: codeOf(ctx.keys, "enrolment", made),
  };
}
