import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { letter } from "#db/schema/mail.ts";
import { recovery } from "#db/schema/recovery.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Duration, minutes } from "#lib/kernel/time.ts";
import type { AccountWanted, WorldAccount } from "#lib/testing/add-account.ts";

/** What is at hand where a finding is put in place: rows as the use cases leave them, some while ago. */
export type Stage = {
  ctx: Context;
  db: Db;
  owner: WorldAccount;
  ago: (span: Duration) => Date;
  in: (span: Duration) => Date;
  told: (event: AuditEvent, at: Date) => Promise<void>;
};
/** `domain`: of a mistyped mailbox. */
export type Scene = { who?: AccountWanted & { domain?: string }; play: (stage: Stage) => Promise<unknown> };

export const registered = { status: "registered" } as const satisfies AccountWanted;
export const staff = { password: true, staffConfirmed: true } as const satisfies AccountWanted;
export const wrong = { type: "sign_in.refused", factor: "password", reason: "wrong_password" } as const;

export type LetterWanted = Partial<typeof letter.$inferInsert>;
export const mailed = ({ db, owner }: Stage, at: Date, wanted: LetterWanted = {}) =>
  db.insert(letter).values({
    id: randomUUID(),
    accountId: owner.id,
    kind: "activation",
    to: owner.officialEmail,
    about: {},
    state: "handed_over",
    createdAt: at,
    handedOverAt: at,
    ...wanted,
  });

export async function bounced(stage: Stage, why: "no_such_mailbox" | "mailbox_full" | "complained"): Promise<void> {
  for (const span of [minutes(42), minutes(3)]) {
    const at = stage.ago(span);
    const state = why === "complained" ? "complained" : "bounced";
    await mailed(stage, at, { state, reason: `bounced_${why}_5.1.1`, bouncedAt: at });
    await stage.told({ type: "activation_link.issued", accountId: stage.owner.id, linkId: randomUUID() }, at);
  }
  const since = stage.ago(minutes(3));
  await stage.db.insert(undeliverableMailbox).values({ mailbox: stage.owner.officialEmail, why, isFinal: true, since });
}

export const linked = ({ db, owner }: Stage, at: Date, more: Partial<typeof activationLink.$inferInsert> = {}) =>
  db.insert(activationLink).values({
    id: randomUUID(),
    accountId: owner.id,
    mailbox: owner.officialEmail,
    tokenDigest: randomUUID(),
    codeDigest: randomUUID(),
    knownBrowser: true,
    requestedFrom: "Chrome pada Windows",
    createdAt: at,
    handedOverAt: at,
    ...more,
  });

export const asked = ({ db, owner }: Stage, at: Date, more: Partial<typeof recovery.$inferInsert> = {}) =>
  db.insert(recovery).values({
    id: randomUUID(),
    accountId: owner.id,
    mailbox: owner.officialEmail,
    tokenDigest: randomUUID(),
    codeDigest: randomUUID(),
    knownBrowser: true,
    requestedFrom: "Chrome pada Windows",
    createdAt: at,
    handedOverAt: at,
    ...more,
  });

export const paused = (stage: Stage, failures: number, pausedUntil: Date | null) =>
  stage.db.insert(passwordThrottle).values({
    identityIndex: blindIndex(stage.ctx.keys, stage.owner.identity),
    browser: "unknown",
    failures,
    pausedUntil,
    allowed: false,
    lastTriedAt: stage.ago(minutes(1)),
  });

export const refusedAt =
  (type: "email_code.refused", reason: "switched_off" | "mailbox_unverified"): Scene["play"] =>
  ({ told, owner, ago }) =>
    told({ type, reason, accountId: owner.id }, ago(minutes(2)));
