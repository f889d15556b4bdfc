import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { passwordCredential, replacementAnswer, securityAnswer } from "#db/schema/authenticators.ts";
import { letter } from "#db/schema/mail.ts";
import { dataExport, helpdeskCase, mailboxChange } from "#db/schema/profile.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import * as secondFactors from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { requestExport } from "#lib/account/data-export/request-export.ts";
import { removePersonalEmail } from "#lib/account/mailbox/remove-personal-email.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { requestIdentity } from "#lib/account/profile/request-correction.ts";
import { changePassword } from "#lib/account/settings/change-password.ts";
import { addReplacement, replaceSecurityQuestions } from "#lib/account/settings/replace-security-questions.ts";
import { removeSecurityPhrase, setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import { ownersUses } from "#lib/assurance/sensitive.ts";
import type { AuditType } from "#lib/audit/catalogue.ts";
import { switchEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import { unlinkGoogle } from "#lib/authenticators/google/unlink-google.ts";
import { addPasskey } from "#lib/authenticators/passkey/add-passkey.ts";
import { passkeyCreationOptions } from "#lib/authenticators/passkey/begin-passkey.ts";
import { removePasskey } from "#lib/authenticators/passkey/remove-passkey.ts";
import { renamePasskey } from "#lib/authenticators/passkey/rename-passkey.ts";
import { findRecoveryCodes } from "#lib/authenticators/recovery-codes/find-recovery-codes.ts";
import { makeRecoveryCodes } from "#lib/authenticators/recovery-codes/make-recovery-codes.ts";
import { offeredQuestions } from "#lib/authenticators/security-questions/choose-questions.ts";
import { switchTwoFactors } from "#lib/authenticators/switch-two-factors.ts";
import { beginTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import { removeTotp } from "#lib/authenticators/totp/remove-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { after, hours, minutes, seconds } from "#lib/kernel/time.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { enrolPasskey, optionsToAdd, phoneOf } from "#lib/testing/passkeys.ts";
import { addTotp, totpCode } from "#lib/testing/totp.ts";

/**
 * What the owner of an account with everything could do at once; `tells` is the event of its success, none where it
 * only begins.
 */
type Change = { do: (ctx: Context) => Promise<Result<unknown, string>>; tells: AuditType | null };
/** Gets everything ready with fresh proofs, up to the change itself. */
type Ready = (ctx: SignedIn) => Promise<Change>;

const GOOGLE = { subject: "107691503500061507151", email: "pegawai@contoh.example" };
const ANSWERS = ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"];

/** Every change an owner makes, by the use it asks `mayChange` for. A use without one does not compile. */
const changes: Record<(typeof ownersUses)[number], Record<string, Ready>> = {
  "passkey.add": {
    "the options of a new passkey": async () => ({ do: passkeyCreationOptions, tells: null }),
    "a new passkey": async (ctx) => {
      const made = phoneOf(ctx).create(await optionsToAdd(ctx));
      return { do: (by) => addPasskey(by, made), tells: "passkey.added" };
    },
  },
  "passkey.rename": {
    "another name of a passkey": async (ctx) => {
      const { passkeyId } = await enrolPasskey(ctx, phoneOf(ctx));
      return { do: (by) => renamePasskey(by, passkeyId, "Telefon baharu"), tells: "passkey.renamed" };
    },
  },
  "passkey.remove": {
    "a passkey's removal": async (ctx) => {
      const { passkeyId } = await enrolPasskey(ctx, phoneOf(ctx));
      return { do: (by) => removePasskey(by, passkeyId), tells: "passkey.removed" };
    },
  },
  "totp.enrol": {
    "the secret of a new app": async () => ({ do: beginTotp, tells: null }),
    "a new app": async (ctx) => {
      await beginTotp(ctx);
      const pending = await pendingTotp(ctx, "Kunci");
      return { do: (by) => confirmTotp(by, totpCode(pending?.secret ?? "", by.now())), tells: "totp.enrolled" };
    },
  },
  "totp.remove": { "the app's removal": async () => ({ do: removeTotp, tells: "totp.removed" }) },
  "email_code.switch": {
    "codes by email, off": async () => ({ do: (by) => switchEmailCode(by, false), tells: "email_code.switched" }),
    "codes by email, on": async (ctx) => {
      await switchEmailCode(ctx, false);
      return { do: (by) => switchEmailCode(by, true), tells: "email_code.switched" };
    },
  },
  "recovery_codes.make": {
    "the first codes": async () => ({ do: (by) => makeRecoveryCodes(by, ""), tells: "recovery_codes.made" }),
    "new codes": async (ctx) => {
      await makeRecoveryCodes(ctx, "");
      const { version = "" } = (await findRecoveryCodes(ctx)) ?? {};
      return { do: (by) => makeRecoveryCodes(by, version), tells: "recovery_codes.made" };
    },
  },
  "security_phrase.set": {
    "a phrase": async () => ({
      do: (by) => setSecurityPhrase(by, "teh tarik tepi tasik"),
      tells: "security_phrase.set",
    }),
    "the phrase's removal": async (ctx) => {
      await setSecurityPhrase(ctx, "teh tarik tepi tasik");
      return { do: removeSecurityPhrase, tells: "security_phrase.removed" };
    },
  },
  "two_factors.switch": {
    "two factors, off": async () => ({ do: (by) => switchTwoFactors(by, false), tells: "two_factors.switched" }),
    "two factors, on": async (ctx) => {
      await switchTwoFactors(ctx, false);
      return { do: (by) => switchTwoFactors(by, true), tells: "two_factors.switched" };
    },
  },
  "google.link": {
    "a Google account": async () => ({ do: (by) => linkGoogle(by, GOOGLE), tells: "google.linked" }),
  },
  "google.unlink": {
    "a Google account's removal": async (ctx) => {
      await linkGoogle(ctx, GOOGLE);
      return { do: unlinkGoogle, tells: "google.unlinked" };
    },
  },
  "password.change": {
    "a new password": async () => ({
      do: (by) => changePassword(by, "Rumah-Hijau-Di-Tepi-Sawah-3"),
      tells: "password.changed",
    }),
  },
  "data.export": {
    "a copy of all data": async () => ({ do: requestExport, tells: "data_export.requested" }),
  },
  "security_questions.replace": {
    "new questions": async (ctx) => {
      const bank = await offeredQuestions(ctx);
      for (const [n, answer] of ANSWERS.entries()) await addReplacement(ctx, bank[n]?.id ?? "", answer);
      return { do: replaceSecurityQuestions, tells: "security_questions.replaced" };
    },
  },
  "identity.correct": {
    "another identity number": async () => ({
      do: (by) => requestIdentity(by, { identity: fixtureIdentity(200_000), why: "wrong_number" }),
      tells: "case.opened",
    }),
  },
  "official_email.change": {
    "another official mailbox": async () => ({
      do: (by) => requestMailboxChange(by, "official", "pegawai.baharu@contoh.example.gov.my"),
      tells: "mailbox_change.issued",
    }),
  },
  "personal_email.change": {
    "another personal mailbox": async () => ({
      do: (by) => requestMailboxChange(by, "personal", "pegawai@rumah.example"),
      tells: "mailbox_change.issued",
    }),
    "the personal mailbox's removal": async (ctx) => {
      const personal = { personalEmail: "lama@rumah.example", personalEmailVerifiedAt: ctx.now() };
      await ctx.db.update(accounts).set(personal);
      return { do: removePersonalEmail, tells: "mailbox.removed" };
    },
  },
};

/** All that a change could change, what it is recorded in and told by included. */
const tables: readonly PgTable[] = [
  accounts,
  passwordCredential,
  securityAnswer,
  replacementAnswer,
  secondFactors.passkey,
  secondFactors.totpCredential,
  secondFactors.totpEnrolment,
  secondFactors.recoveryCodeSet,
  secondFactors.recoveryCode,
  secondFactors.securityPhrase,
  secondFactors.googleLink,
  helpdeskCase,
  mailboxChange,
  session,
  dataExport,
  letter,
  auditEvent,
];

let world: World;
let owner: WorldAccount;
let ctx: SignedIn;
beforeEach(async () => {
  world = await newWorld();
  owner = await world.account({ password: true });
  await addTotp(world.ctx, owner.id);
  ctx = await world.as(owner, ["password", "totp"]);
});

const everything = async () =>
  JSON.stringify(await Promise.all(tables.map((table) => world.db.select().from(table))), (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );

async function expectRefused(change: Change, by: Context, why: string): Promise<void> {
  const before = await everything();
  expect(await change.do(by)).toMatchObject({ ok: false, error: why });
  expect(await everything(), "nothing has changed, and nobody is told that it has").toBe(before);
}

const walks = ownersUses.flatMap((use) => Object.entries(changes[use]).map(([what, ready]) => ({ use, what, ready })));

async function openTicket(): Promise<string> {
  const now = world.now();
  const ticket = { id: randomUUID(), accountId: owner.id, why: "officers", tokenDigest: "-", codeDigest: "-" } as const;
  await world.db.insert(enrolmentTicket).values({ ...ticket, createdAt: now, expiresAt: after(now, hours(24)) });
  return ticket.id;
}

describe.each(walks)("$use: $what", ({ use, ready }) => {
  test("is done on two fresh factors, and recorded", async () => {
    const change = await ready(ctx);
    const told = (await world.events()).length;
    expect(await change.do(ctx)).toMatchObject({ ok: true });
    const events = (await world.events()).slice(told);
    expect(events.filter(({ type }) => type === change.tells)).toMatchObject(
      change.tells === null ? [] : [{ accountId: owner.id, actorId: owner.id, outcome: "success" }],
    );
  });

  test("is refused, and changes nothing, on proofs older than ten minutes", async () => {
    const change = await ready(ctx);
    world.moveClock(minutes(10));
    world.moveClock(seconds(1));
    await expectRefused(change, ctx, "step_up");
  });

  test("is refused, and changes nothing, on less than the account's own level", async () => {
    const change = await ready(ctx);
    for (const one of [
      ["password"],
      ["totp"],
      ["email_code"],
      ["google"],
      ["password", "email_code", "google"],
    ] as const) {
      const proofs = one.map((factor) => ({ factor, at: world.now().toISOString() }));
      await world.db.update(session).set({ proofs }).where(eq(session.id, ctx.actor.sessionId));
      await expectRefused(change, ctx, "step_up");
    }
  });

  test("is refused, and changes nothing, in a session that an enrolment ticket opened, but for enrolling", async () => {
    const change = await ready(ctx);
    await world.db
      .update(session)
      .set({ ticketId: await openTicket() })
      .where(eq(session.id, ctx.actor.sessionId));
    if (use === "passkey.add" || use === "totp.enrol") expect(await change.do(ctx)).toMatchObject({ ok: true });
    else await expectRefused(change, ctx, "step_up");
  });

  test("is refused, and changes nothing, once the session has ended, and for nobody", async () => {
    const change = await ready(ctx);
    await expectRefused(change, world.ctx, "signed_out");
    await world.db.update(session).set({ endedAt: world.now(), endedWhy: "signed_out" });
    await expectRefused(change, ctx, "signed_out");
  });
});

test("every use on the list has a change, and no change is without its use", () => {
  expect(Object.keys(changes).toSorted()).toEqual(ownersUses.toSorted());
  for (const use of ownersUses) expect(Object.keys(changes[use]).length, use).toBeGreaterThan(0);
});
