import { and, desc, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { letter } from "#db/schema/mail.ts";
import { enrolmentTicket, passwordReset, recovery, undoLink } from "#db/schema/recovery.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import { device, session } from "#db/schema/session.ts";
import type { Proof } from "#lib/assurance/assurance.ts";

/** Where the account was used, and what went out about it, as long as it is kept. */
export async function aboutUse(tx: Tx, accountId: string) {
  const sessions = await tx
    .select({
      device: session.device,
      ip: session.ip,
      proofs: session.proofs,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      endedAt: session.endedAt,
      endedWhy: session.endedWhy,
    })
    .from(session)
    .where(eq(session.accountId, accountId))
    .orderBy(desc(session.createdAt));
  return {
    browsers: await tx
      .select({
        device: device.label,
        firstSeenAt: device.firstSeenAt,
        lastSeenAt: device.lastSeenAt,
        signedInAt: device.signedInAt,
      })
      .from(device)
      .where(eq(device.accountId, accountId))
      .orderBy(desc(device.lastSeenAt)),
    // What a password's proof names is made of its hash.
    sessions: sessions.map(({ proofs, ...used }) => ({
      ...used,
      proofs: (proofs as Proof[]).map(({ factor, at }) => ({ factor, at })),
    })),
    // But those to a new mailbox: none leaves where somebody else has that address, and that is not to be told.
    letters: await tx
      .select({
        kind: letter.kind,
        to: letter.to,
        about: letter.about,
        state: letter.state,
        reason: letter.reason,
        createdAt: letter.createdAt,
        handedOverAt: letter.handedOverAt,
      })
      .from(letter)
      .where(and(eq(letter.accountId, accountId), ne(letter.kind, "mailbox_proof")))
      .orderBy(desc(letter.createdAt)),
    mailedLinks: {
      activation: await tx
        .select({
          mailbox: activationLink.mailbox,
          requestedFrom: activationLink.requestedFrom,
          createdAt: activationLink.createdAt,
          usedAt: activationLink.consumedAt,
        })
        .from(activationLink)
        .where(eq(activationLink.accountId, accountId))
        .orderBy(desc(activationLink.createdAt)),
      emailCodes: await tx
        .select({
          mailbox: emailCode.mailbox,
          requestedFrom: emailCode.requestedFrom,
          createdAt: emailCode.createdAt,
          usedAt: emailCode.consumedAt,
        })
        .from(emailCode)
        .where(eq(emailCode.accountId, accountId))
        .orderBy(desc(emailCode.createdAt)),
      passwordResets: await tx
        .select({
          mailbox: passwordReset.mailbox,
          requestedFrom: passwordReset.requestedFrom,
          createdAt: passwordReset.createdAt,
          doneAt: passwordReset.doneAt,
        })
        .from(passwordReset)
        .where(eq(passwordReset.accountId, accountId))
        .orderBy(desc(passwordReset.createdAt)),
      undo: await tx
        .select({
          purpose: undoLink.purpose,
          formerMailbox: undoLink.formerMailbox,
          createdAt: undoLink.createdAt,
          usedAt: undoLink.usedAt,
        })
        .from(undoLink)
        .where(eq(undoLink.accountId, accountId))
        .orderBy(desc(undoLink.createdAt)),
    },
    recoveries: await tx
      .select({
        mailbox: recovery.mailbox,
        requestedFrom: recovery.requestedFrom,
        createdAt: recovery.createdAt,
        startedAt: recovery.startedAt,
        startedFrom: recovery.startedFrom,
        readyAt: recovery.readyAt,
        cancelledAt: recovery.cancelledAt,
        completedAt: recovery.completedAt,
      })
      .from(recovery)
      .where(eq(recovery.accountId, accountId))
      .orderBy(desc(recovery.createdAt)),
    enrolmentTickets: await tx
      .select({
        why: enrolmentTicket.why,
        createdAt: enrolmentTicket.createdAt,
        expiresAt: enrolmentTicket.expiresAt,
        usedAt: enrolmentTicket.usedAt,
        cancelledAt: enrolmentTicket.cancelledAt,
      })
      .from(enrolmentTicket)
      .where(eq(enrolmentTicket.accountId, accountId))
      .orderBy(desc(enrolmentTicket.createdAt)),
  };
}
