import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { rateLimit } from "#db/schema/mail.ts";
import { enrolmentTicket, passwordReset } from "#db/schema/recovery.ts";
import type { FindingCode } from "#lib/helpdesk/diagnosis/findings.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { addTotp } from "#lib/testing/totp.ts";

import { asked, bounced, linked, mailed, paused, refusedAt, registered, type Scene, staff, wrong } from "./stage.ts";
/** Every finding there is, put in place for somebody. One that is missing does not compile. */
export const scenes: Record<FindingCode, Scene> = {
  letter_bounced_no_such_mailbox: {
    who: { ...registered, domain: "conto.example.gov.my" },
    play: (stage) => bounced(stage, "no_such_mailbox"),
  },
  letter_bounced_mailbox_full: { who: registered, play: (stage) => bounced(stage, "mailbox_full") },
  letter_refused: { who: registered, play: (stage) => bounced(stage, "complained") },
  letter_on_its_way: {
    who: registered,
    play: async (stage) => {
      await linked(stage, stage.ago(minutes(1)));
      await mailed(stage, stage.ago(minutes(1)));
    },
  },
  letter_queued_long: {
    who: registered,
    play: (stage) => mailed(stage, stage.ago(minutes(12)), { state: "queued", handedOverAt: null, reason: "smtp_421" }),
  },
  awaiting_opening_date: {
    who: { status: "pre_registered" },
    play: ({ db, owner, in: ahead }) =>
      db
        .update(accounts)
        .set({ opensAt: ahead(days(9)) })
        .where(eq(accounts.id, owner.id)),
  },
  link_not_asked_for: { who: { status: "pre_registered" }, play: async () => undefined },
  link_waiting: { who: registered, play: (stage) => linked(stage, stage.ago(minutes(9))) },
  link_expired_never_opened: { who: registered, play: (stage) => linked(stage, stage.ago(hours(2))) },
  link_expired_opened: { who: { status: "email_verified" }, play: (stage) => linked(stage, stage.ago(hours(2))) },
  identity_mismatch_on_link: {
    who: registered,
    play: async (stage) => {
      const id = randomUUID();
      await linked(stage, stage.ago(minutes(9)), { id, identityTries: 5 });
      const refused = { type: "activation.refused", accountId: stage.owner.id, linkId: id } as const;
      await stage.told({ ...refused, reason: "identity_tries_used" }, stage.ago(minutes(6)));
    },
  },
  link_asked_too_often: {
    who: registered,
    play: ({ told, owner, ago }) =>
      told({ type: "activation_link.refused", accountId: owner.id, reason: "throttled" }, ago(minutes(2))),
  },
  closed: {
    who: { status: "closed" },
    play: ({ told, owner, ago }) =>
      told({ type: "account.closed", accountId: owner.id, actionId: randomUUID() }, ago(days(40))),
  },
  lapsed: {
    who: { status: "closed" },
    play: ({ told, owner, ago }) => told({ type: "account.lapsed", accountId: owner.id }, ago(days(2))),
  },
  voided: {
    who: { status: "closed" },
    play: ({ told, owner, ago }) =>
      told({ type: "registration.voided", accountId: owner.id, actionId: randomUUID() }, ago(days(2))),
  },
  suspended: {
    who: { status: "suspended" },
    play: ({ told, owner, ago }) =>
      told({ type: "account.suspended", accountId: owner.id, actionId: null, why: "officer" }, ago(days(3))),
  },
  locked_by_owner: {
    who: { status: "locked" },
    play: ({ told, owner, ago }) => told({ type: "account.locked", accountId: owner.id, how: "letter" }, ago(hours(3))),
  },
  reset_waiting: {
    who: staff,
    play: ({ db, owner, ago, in: ahead }) =>
      db.insert(passwordReset).values({
        id: randomUUID(),
        accountId: owner.id,
        tokenDigest: randomUUID(),
        mailbox: owner.officialEmail,
        createdAt: ago(minutes(5)),
        handedOverAt: ago(minutes(5)),
        expiresAt: ahead(minutes(25)),
      }),
  },
  password_disabled_not_me: {
    who: staff,
    play: async ({ db, owner, ago, told }) => {
      const disabledAt = ago(hours(2));
      await db.update(passwordCredential).set({ disabledAt }).where(eq(passwordCredential.accountId, owner.id));
      await told({ type: "password.disabled", accountId: owner.id, why: "not_me" }, disabledAt);
    },
  },
  password_disabled_after_100: {
    who: staff,
    play: async (stage) => {
      await paused(stage, 100, null);
      const disabled = { type: "password.disabled", accountId: stage.owner.id, why: "too_many_tries" } as const;
      await stage.told(disabled, stage.ago(minutes(1)));
    },
  },
  password_paused: { who: staff, play: (stage) => paused(stage, 7, stage.in(minutes(4))) },
  codes_paused: {
    who: staff,
    play: ({ ctx, db, owner, in: ahead }) =>
      db.insert(rateLimit).values({
        key: `code-try:${blindIndex(ctx.keys, owner.identity)}:unknown`,
        points: 11,
        expire: ahead(minutes(8)).getTime(),
      }),
  },
  password_wrong: {
    who: staff,
    play: async ({ told, owner, ago }) => {
      for (const n of [6, 5, 2]) await told({ ...wrong, accountId: owner.id }, ago(minutes(n)));
    },
  },
  second_factor_ticket_waiting: {
    who: staff,
    play: ({ db, owner, ago, in: ahead }) =>
      db.insert(enrolmentTicket).values({
        id: randomUUID(),
        accountId: owner.id,
        why: "officers",
        tokenDigest: randomUUID(),
        codeDigest: randomUUID(),
        createdAt: ago(hours(1)),
        expiresAt: ahead(hours(23)),
      }),
  },
  second_factor_lost_waiting: {
    who: staff,
    play: async (stage) => {
      await addTotp(stage.ctx, stage.owner.id);
      const started = {
        startedAt: stage.ago(hours(9)),
        startedFrom: "Chrome pada Windows",
        readyAt: stage.in(hours(15)),
      };
      await asked(stage, stage.ago(hours(10)), started);
    },
  },
  second_factor_lost_no_recovery: {
    who: staff,
    play: async (stage) => {
      await addTotp(stage.ctx, stage.owner.id);
      await asked(stage, stage.ago(hours(2)));
      const refused = { type: "recovery.refused", accountId: stage.owner.id, reason: "answers_mismatch" } as const;
      await stage.told(refused, stage.ago(hours(1)));
    },
  },
  second_factor_not_given: {
    who: staff,
    play: async ({ ctx, told, owner, ago }) => {
      await addTotp(ctx, owner.id);
      for (const n of [9, 4])
        await told({ type: "sign_in.proved", accountId: owner.id, factor: "password" }, ago(minutes(n)));
    },
  },
  clock_of_phone_off: {
    who: staff,
    play: async ({ ctx, told, owner, ago }) => {
      await addTotp(ctx, owner.id);
      const refused = { type: "sign_in.refused", accountId: owner.id, factor: "totp", reason: "clock_skew" } as const;
      await told(refused, ago(minutes(3)));
    },
  },
  passkey_unknown: {
    who: staff,
    play: ({ told, owner, ago }) => {
      const tried = { factor: "passkey_verified", reason: "unknown_credential" } as const;
      return told({ type: "sign_in.refused", accountId: owner.id, ...tried }, ago(minutes(3)));
    },
  },
  code_by_email_late: {
    who: staff,
    play: (stage) => mailed(stage, stage.ago(minutes(20)), { kind: "email_code", handedOverAt: stage.ago(minutes(9)) }),
  },
  code_by_email_off: { who: staff, play: refusedAt("email_code.refused", "switched_off") },
  mailbox_unverified: {
    who: staff,
    play: async (stage) => {
      await stage.db.update(accounts).set({ officialEmailVerifiedAt: null }).where(eq(accounts.id, stage.owner.id));
      await refusedAt("email_code.refused", "mailbox_unverified")(stage);
    },
  },
  not_confirmed_by_office: { who: { password: true }, play: async () => undefined },
  system_refused: {
    who: staff,
    play: async ({ ctx, told, owner, ago }) => {
      const { id, name } = await addRelyingParty(ctx, {
        name: `Perakaunan ${owner.id.slice(0, 8)}`,
        roles: ["pelulus"],
      });
      const about = { accountId: owner.id, relyingPartyId: id, system: name } as const;
      await told({ type: "relying_party.refused", ...about, reason: "no_role" }, ago(minutes(2)));
    },
  },
  idle: {
    who: staff,
    play: ({ db, owner, ago }) =>
      db
        .update(accounts)
        .set({ lastSignInAt: ago(days(120)) })
        .where(eq(accounts.id, owner.id)),
  },
  no_problem_found: {
    who: staff,
    play: async ({ ctx, db, owner, ago }) => {
      await addTotp(ctx, owner.id);
      await db
        .update(accounts)
        .set({ lastSignInAt: ago(hours(1)) })
        .where(eq(accounts.id, owner.id));
    },
  },
};
