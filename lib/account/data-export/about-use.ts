import { and, desc, eq, ne } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { letter } from "#db/schema/mail.ts";
import { enrolmentTicket, passwordReset, recovery, undoLink } from "#db/schema/recovery.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import { device, session } from "#db/schema/session.ts";
import type { Proof } from "#lib/assurance/assurance.ts";

type Held = PgTable & { accountId: PgColumn; createdAt: PgColumn };

/** Where the account was used, and what went out about it, as long as it is kept; the newest first. */
export async function aboutUse(tx: Tx, accountId: string) {
  const all = <C extends Record<string, PgColumn>>(table: Held, columns: C) =>
    tx
      .select({ createdAt: table.createdAt, ...columns })
      .from(table as PgTable)
      .where(eq(table.accountId, accountId))
      .orderBy(desc(table.createdAt));
  const { label, firstSeenAt, lastSeenAt, signedInAt } = device;
  const { ip, proofs, endedAt, endedWhy } = session;
  const sessions = await all(session, {
    device: session.device,
    ip,
    proofs,
    lastSeenAt: session.lastSeenAt,
    endedAt,
    endedWhy,
  });
  const { kind, to, about, state, reason, createdAt, handedOverAt, deliveredAt, bouncedAt } = letter;
  const mailed = (table: typeof activationLink | typeof emailCode | typeof recovery | typeof passwordReset) => ({
    mailbox: table.mailbox,
    requestedFrom: table.requestedFrom,
  });
  return {
    browsers: await tx
      .select({ device: label, firstSeenAt, lastSeenAt, signedInAt })
      .from(device)
      .where(eq(device.accountId, accountId))
      .orderBy(desc(lastSeenAt)),
    // What a password's proof names is made of its hash.
    sessions: sessions.map(({ proofs: proven, ...used }) => ({
      ...used,
      proofs: (proven as Proof[]).map(({ factor, at }) => ({ factor, at })),
    })),
    // But those to a new mailbox: none leaves where somebody else has that address, and that is not to be told.
    letters: await tx
      .select({ kind, to, about, state, reason, createdAt, handedOverAt, deliveredAt, bouncedAt })
      .from(letter)
      .where(and(eq(letter.accountId, accountId), ne(kind, "mailbox_proof")))
      .orderBy(desc(createdAt)),
    mailedLinks: {
      activation: await all(activationLink, { ...mailed(activationLink), usedAt: activationLink.consumedAt }),
      emailCodes: await all(emailCode, { ...mailed(emailCode), usedAt: emailCode.consumedAt }),
      passwordResets: await all(passwordReset, { ...mailed(passwordReset), doneAt: passwordReset.doneAt }),
      undo: await all(undoLink, {
        purpose: undoLink.purpose,
        formerMailbox: undoLink.formerMailbox,
        usedAt: undoLink.usedAt,
      }),
    },
    recoveries: await all(recovery, {
      ...mailed(recovery),
      startedAt: recovery.startedAt,
      startedFrom: recovery.startedFrom,
      readyAt: recovery.readyAt,
      cancelledAt: recovery.cancelledAt,
      completedAt: recovery.completedAt,
    }),
    enrolmentTickets: await all(enrolmentTicket, {
      why: enrolmentTicket.why,
      expiresAt: enrolmentTicket.expiresAt,
      usedAt: enrolmentTicket.usedAt,
      cancelledAt: enrolmentTicket.cancelledAt,
    }),
  };
}
