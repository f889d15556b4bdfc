import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { requestExport } from "#lib/account/data-export/request-export.ts";
import { confirmMailboxChange } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { removePersonalEmail } from "#lib/account/mailbox/remove-personal-email.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { changeMobile } from "#lib/account/profile/change-mobile.ts";
import { requestName } from "#lib/account/profile/request-correction.ts";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import { changePassword } from "#lib/account/settings/change-password.ts";
import { addReplacement, replaceSecurityQuestions } from "#lib/account/settings/replace-security-questions.ts";
import { removeSecurityPhrase, setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import { signOutSessions } from "#lib/account/settings/sign-out-sessions.ts";
import { switchEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import { unlinkGoogle } from "#lib/authenticators/google/unlink-google.ts";
import { removePasskey } from "#lib/authenticators/passkey/remove-passkey.ts";
import { passkeyRequestOptions } from "#lib/authenticators/passkey/request-passkey.ts";
import { makeRecoveryCodes } from "#lib/authenticators/recovery-codes/make-recovery-codes.ts";
import { verifyRecoveryCode } from "#lib/authenticators/recovery-codes/verify-recovery-code.ts";
import { offeredQuestions } from "#lib/authenticators/security-questions/choose-questions.ts";
import { switchTwoFactors } from "#lib/authenticators/switch-two-factors.ts";
import { removeTotp } from "#lib/authenticators/totp/remove-totp.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import { parseMobile } from "#lib/kernel/mobile-number.ts";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { cancelOwnRecovery } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { disownSignIn } from "#lib/recovery/undo/disown-sign-in.ts";
import { restoreMailbox } from "#lib/recovery/undo/restore-mailbox.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { beginSignIn } from "#lib/sign-in/begin-sign-in.ts";
import { attemptUse, provePasskey } from "#lib/sign-in/prove-passkey.ts";
import { answerAll, askForLink, beginActivation } from "../activation.ts";
import { GOOD_PASSWORD } from "../add-account.ts";
import { ceremonyOf, issueCode } from "../email-code.ts";
import { fixturePerson } from "../identities.ts";
import { askForRecovery } from "../lost-factor.ts";
import { drainMail } from "../mail.ts";
import type { World, WorldAccount } from "../new-world.ts";
import { enrolPasskey, phoneOf } from "../passkeys.ts";
import { askForReset } from "../recovery.ts";
import { signInWithPassword } from "../sign-in.ts";
import { completeMove } from "./campaign-scenes.ts";
import { moveScenes } from "./move-scenes.ts";
import { officerScenes } from "./officer-scenes.ts";
import { onsiteScenes } from "./onsite-scenes.ts";
import { askForFactor, enrolWithTicket, resetByMail, startWait, waitOut } from "./recovery-scenes.ts";
import { adoptOffice, inviteSomebody } from "./register-scenes.ts";
import { runScenes } from "./run-scenes.ts";
import { done, enrolApp, mailedTo, NEW_MAILBOX, type Stage, withApp } from "./stage.ts";
import { tokenScenes } from "./token-scenes.ts";
import { decideReset, mailCallerCode, requestReset } from "./two-officer-scenes.ts";

const GOOGLE = { subject: "107691503500061507151", email: "pegawai@contoh.example" };
const ANSWERS = ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"];

const strange = (world: World) => world.asBrowser({ deviceToken: "never seen", device: "Firefox pada Linux" });
const known = (world: World) => world.asBrowser({ deviceToken: "the first" });

async function signInElsewhere({ world, owner }: Stage): Promise<void> {
  await done(signInWithPassword(known(world), owner, GOOD_PASSWORD));
  await done(signInWithPassword(strange(world), owner, GOOD_PASSWORD));
}

/** One sign-in whose authenticator says that it has signed so many times. */
async function signInWithPasskey(
  world: World,
  owner: WorldAccount,
  phone: ReturnType<typeof phoneOf>,
  counter: number,
): Promise<void> {
  const { ceremonyToken } = await beginSignIn(world.ctx, owner.identity, null);
  const attempt = await openAttempt(world.ctx, ceremonyToken);
  if (!attempt) throw new Error("No sign-in waits for a proof");
  const credentialJson = phone.get(await passkeyRequestOptions(world.ctx, attemptUse(attempt)), { counter });
  await provePasskey(world.ctx, { ceremonyToken, credentialJson, previousToken: null, returnTo: null });
}

async function activate({ world }: Stage): Promise<WorldAccount> {
  const newcomer = await world.account({ status: "registered" });
  const { ceremonyToken } = await beginActivation(world.ctx, newcomer, () => drainMail(world.asSystem()));
  await answerAll(world.ctx, ceremonyToken);
  await done(finishActivation(world.ctx, ceremonyToken, "Rumah-Hijau-Di-Tepi-Sawah-3"));
  return newcomer;
}

async function changeOfficial({ world, ctx }: Stage): Promise<void> {
  await done(requestMailboxChange(ctx, "official", NEW_MAILBOX));
  await done(confirmMailboxChange(ctx, await mailedTo(world, NEW_MAILBOX, "verify")));
}

/**
 * How each letter comes about: by its kind, or by the change it tells of. Answers whose account it is, where it is not
 * the owner's.
 */
export const scenes = {
  factor_reset: async (stage) => {
    await requestReset(stage);
  },
  factor_reset_approved: (stage) => decideReset(stage, true),
  factor_reset_refused: (stage) => decideReset(stage, false),
  caller_check: mailCallerCode,
  invitation: inviteSomebody,
  roaming_ready: completeMove,
  office_updated: adoptOffice,
  activation: async ({ world }) => {
    const newcomer = await world.account({ status: "registered" });
    await askForLink(world.ctx, newcomer.identity);
    return newcomer;
  },
  registered: async ({ world }) => {
    const { identity, fullName, officialEmail } = fixturePerson(900_001);
    await registerAccount(world.ctx, { identity, fullName, officialEmail, officeId: world.office.id }, true);
    const [newcomer] = await world.db.select().from(accounts).where(eq(accounts.officialEmail, officialEmail));
    return newcomer;
  },
  already_registered: async ({ world, owner }) => {
    const { identity, fullName } = owner;
    const again = { identity, fullName, officialEmail: "lain@contoh.example.gov.my", officeId: world.office.id };
    await registerAccount(world.ctx, again, true);
  },
  account_activated: activate,
  new_device: signInElsewhere,
  email_code: async ({ ctx, owner }) => {
    await issueCode(ctx, owner.id, await ceremonyOf(ctx, owner.id));
  },
  mailbox_proof: async ({ ctx }) => {
    await done(requestMailboxChange(ctx, "official", NEW_MAILBOX));
  },
  mailbox_taken: async ({ world, owner }) => {
    const other = await world.as(await world.account());
    await done(requestMailboxChange(other, "official", owner.officialEmail));
  },
  mailbox_changed: changeOfficial,
  official_email_changed: changeOfficial,
  official_email_restored: async (stage) => {
    await changeOfficial(stage);
    await done(restoreMailbox(stage.world.ctx, await mailedTo(stage.world, stage.owner.officialEmail, "undo")));
  },
  personal_email_set: async ({ world, ctx }) => {
    await done(requestMailboxChange(ctx, "personal", "lain@rumah.example"));
    await done(confirmMailboxChange(ctx, await mailedTo(world, "lain@rumah.example", "verify")));
  },
  personal_email_removed: async ({ ctx }) => {
    await done(removePersonalEmail(ctx));
  },
  mobile_changed: async ({ ctx }) => {
    await done(changeMobile(ctx, await done(Promise.resolve(parseMobile("012-000 0000")))));
  },
  correction_requested: async ({ ctx }) => {
    await done(requestName(ctx, { fullName: "Contoh Binti Teladan" }));
  },
  data_exported: async ({ ctx }) => {
    await done(requestExport(ctx));
  },
  passkey_added: async ({ ctx }) => {
    await enrolPasskey(ctx, phoneOf(ctx));
  },
  passkey_removed: async ({ world, owner, ctx }) => {
    const { passkeyId } = await enrolPasskey(ctx, phoneOf(ctx));
    await done(removePasskey(await world.as(owner, ["passkey_verified"]), passkeyId));
  },
  passkey_copied: async ({ world, owner, ctx }) => {
    const phone = phoneOf(ctx, { counts: true });
    await enrolPasskey(ctx, phone);
    for (const counter of [7, 6]) await signInWithPasskey(world, owner, phone, counter);
  },
  totp_enrolled: async ({ ctx }) => enrolApp(ctx),
  totp_replaced: async (stage) => enrolApp(await withApp(stage)),
  totp_removed: async (stage) => {
    await done(removeTotp(await withApp(stage)));
  },
  email_code_off: async ({ ctx }) => {
    await done(switchEmailCode(ctx, false));
  },
  email_code_on: async ({ ctx }) => {
    await done(switchEmailCode(ctx, false));
    await done(switchEmailCode(ctx, true));
  },
  recovery_codes_made: async (stage) => {
    await done(makeRecoveryCodes(await withApp(stage), ""));
  },
  recovery_code_used: async (stage) => {
    const [code = ""] = await done(makeRecoveryCodes(await withApp(stage), ""));
    const ceremonyId = await ceremonyOf(stage.ctx, stage.owner.id);
    await done(verifyRecoveryCode(stage.world.ctx, { accountId: stage.owner.id, ceremonyId }, code));
  },
  security_phrase_set: async ({ ctx }) => {
    await done(setSecurityPhrase(ctx, "teh tarik tepi tasik"));
  },
  security_phrase_removed: async ({ ctx }) => {
    await done(setSecurityPhrase(ctx, "teh tarik tepi tasik"));
    await done(removeSecurityPhrase(ctx));
  },
  two_factors_off: async (stage) => {
    const proven = await withApp(stage);
    await done(switchTwoFactors(proven, false));
  },
  two_factors_on: async (stage) => {
    const proven = await withApp(stage);
    await done(switchTwoFactors(proven, false));
    await done(switchTwoFactors(proven, true));
  },
  google_linked: async ({ ctx }) => {
    await done(linkGoogle(ctx, GOOGLE));
  },
  google_unlinked: async ({ ctx }) => {
    await done(linkGoogle(ctx, GOOGLE));
    await done(unlinkGoogle(ctx));
  },
  password_changed: async ({ ctx }) => {
    await done(changePassword(ctx, "Rumah-Hijau-Di-Tepi-Sawah-3"));
  },
  security_questions_replaced: async ({ ctx }) => {
    const bank = await offeredQuestions(ctx);
    for (const [n, answer] of ANSWERS.entries()) await done(addReplacement(ctx, bank[n]?.id ?? "", answer));
    await done(replaceSecurityQuestions(ctx));
  },
  signed_out_everywhere: async ({ ctx }) => {
    await signOutSessions(ctx, "everywhere");
  },
  disowned: async (stage) => {
    await signInElsewhere(stage);
    await done(disownSignIn(stage.world.ctx, await mailedTo(stage.world, stage.owner.officialEmail, "undo")));
  },
  password_disabled: async ({ world, owner }) => {
    // Ninety-nine wrong ones lie behind.
    await world.db.insert(passwordThrottle).values({
      identityIndex: blindIndex(world.ctx.keys, owner.identity),
      browser: "unknown",
      failures: 99,
      allowed: true,
      lastTriedAt: world.now(),
    });
    await signInWithPassword(world.asBrowser({ deviceToken: null }), owner, "Bukan-Kata-Laluan-9");
  },
  password_reset: resetByMail,
  recovery_not_possible: async ({ world }) => {
    const suspended = await world.account({ status: "suspended", password: true });
    await askForReset(world.ctx, suspended);
    return suspended;
  },
  account_unlocked: async (stage) => {
    await done(lockOwnAccount(stage.ctx));
    await resetByMail(stage);
  },
  lost_factor: askForFactor,
  lost_factor_refused: async ({ world, owner }) => {
    await askForRecovery(world, owner);
  },
  recovery_started: startWait,
  recovery_cancelled: async (stage) => {
    await startWait(stage);
    await done(cancelOwnRecovery(stage.ctx));
  },
  enrolment: waitOut,
  second_factor_recovered: enrolWithTicket,
  account_locked: async ({ ctx }) => {
    await done(lockOwnAccount(ctx));
  },
  ...officerScenes,
  ...tokenScenes,
  ...onsiteScenes,
  ...moveScenes,
  ...runScenes,
} satisfies Record<string, (stage: Stage) => Promise<unknown>>;
