import { describe, expect, test } from "vitest";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { securityPhrase } from "#db/schema/second-factors.ts";
import { confirmMailboxChange } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { addReplacement, replaceSecurityQuestions } from "#lib/account/settings/replace-security-questions.ts";
import { setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import { record } from "#lib/audit/record.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import { passkeyRequestOptions } from "#lib/authenticators/passkey/request-passkey.ts";
import { findRecoveryCodes } from "#lib/authenticators/recovery-codes/find-recovery-codes.ts";
import { makeRecoveryCodes } from "#lib/authenticators/recovery-codes/make-recovery-codes.ts";
import { seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";
import { offeredQuestions } from "#lib/authenticators/security-questions/choose-questions.ts";
import { questionsOf } from "#lib/authenticators/security-questions/verify-answers.ts";
import { beginTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { proveCode } from "#lib/sign-in/prove-code.ts";
import { proveGoogle } from "#lib/sign-in/prove-google.ts";
import { autofillUse, provePasskey } from "#lib/sign-in/prove-passkey.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { proofIn } from "#lib/testing/mailbox.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { addSecurityAnswers } from "#lib/testing/security-answers.ts";
import { begunSignIn, signInWithPassword as signIn } from "#lib/testing/sign-in.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { resetPassword } from "../forgotten-password/reset-password.ts";
import { disownSignIn } from "./disown-sign-in.ts";

async function seededBank(world: World) {
  await seedQuestionBank(world.db);
  return offeredQuestions(world.ctx);
}

const OLD = "Teh-Tarik-Kurang-Manis-7";
const NEW = "Nasi-Lemak-Ikan-Bilis-4";
const GOOGLE = { subject: "4711", email: "penceroboh@mail.example.com" };

/** Somebody knew the password, and has just signed in with it in a browser of their own. */
async function intrusion(again = "a stranger's") {
  const world = await newWorld();
  const owner = await world.account({ password: OLD });
  const home = world.asBrowser({ deviceToken: "the owner's" });
  expect((await signIn(home, owner, OLD)).ok).toBe(true);
  const browser = world.asBrowser({ deviceToken: "a stranger's", device: "Firefox pada Linux" });
  const answer = await signIn(browser, owner, OLD);
  if (!answer.ok || answer.value.step !== "established") throw new Error("the stranger did not get in");
  // Within the minute, from another browser: of that one no letter tells.
  world.moveClock(seconds(1));
  const last = world.asBrowser({ deviceToken: again });
  const second = again === "a stranger's" ? answer : await signIn(last, owner, OLD);
  if (!second.ok || second.value.step !== "established") throw new Error("the stranger did not get in again");
  const session = await findSession(world.ctx, second.value.sessionToken);
  if (!session) throw new Error("the stranger has no session");
  const stranger: Context = {
    ...last,
    actor: { kind: "account", accountId: owner.id, sessionId: session.id },
  };
  const token = /\/undo\/([\w-]+)/.exec((await drainMail(world.asSystem())).at(-1)?.text ?? "")?.[1] ?? "";
  const disown = async () => {
    const disowned = await disownSignIn(home, token);
    if (!disowned.ok) throw new Error(disowned.error);
    expect(
      (await resetPassword(home, disowned.value.resetToken, { identity: owner.identity, answers: [] }, NEW)).ok,
    ).toBe(true);
  };
  return { world, owner, home, stranger, disown };
}

type Phone = ReturnType<typeof phoneOf>;

async function withPasskey(ctx: Context, phone: Phone) {
  const options = await passkeyRequestOptions(ctx, autofillUse(ctx.request.deviceToken ?? ""));
  const credentialJson = phone.get(options);
  return provePasskey(ctx, { ceremonyToken: null, credentialJson, previousToken: null, returnTo: null });
}

async function enrolApp(world: World, ctx: Context): Promise<string> {
  expect((await beginTotp(ctx)).ok).toBe(true);
  const pending = await pendingTotp(ctx, "Kunci");
  if (!pending) throw new Error("no secret was begun");
  expect((await confirmTotp(ctx, totpCode(pending.secret, world.now()))).ok).toBe(true);
  return pending.secret;
}

describe("what a stranger set up before their sign-in was disowned", () => {
  test("a passkey opens nothing, and the account still asks for two", async () => {
    const { owner, home, stranger, world, disown } = await intrusion();
    const phone = phoneOf(world.ctx);
    const { passkeyId } = await enrolPasskey(stranger, phone);
    expect(await withPasskey(stranger, phone)).toMatchObject({ ok: true });
    await disown();
    expect(await withPasskey(stranger, phone)).toMatchObject({ ok: false, error: "mismatch" });
    expect(await signIn(home, owner, NEW), "a letter alone takes no second factor away").toMatchObject({
      value: { step: "prove" },
    });
    expect(await world.events("authenticator.disowned")).toMatchObject([
      { accountId: owner.id, data: { kind: "passkey", credentialId: passkeyId } },
    ]);
  });

  test("an authenticator app opens nothing, and the account still asks for two", async () => {
    const { world, owner, home, stranger, disown } = await intrusion();
    const secret = await enrolApp(world, stranger);
    await disown();
    world.moveClock(minutes(1));
    const ceremony = await begunSignIn(home, owner);
    expect(await proveCode(home, ceremony, "totp", totpCode(secret, world.now()), null)).toMatchObject({
      error: "mismatch",
    });
    expect(await signIn(home, owner, NEW)).toMatchObject({ value: { step: "prove" } });
  });

  test("a Google account and recovery codes are gone", async () => {
    const { world, owner, stranger, home, disown } = await intrusion();
    expect((await linkGoogle(stranger, GOOGLE)).ok).toBe(true);
    expect((await makeRecoveryCodes(stranger, "")).ok).toBe(true);
    await disown();
    expect(await proveGoogle(stranger, GOOGLE, null, null)).toEqual({ ok: false, error: "not_linked" });
    expect(await findRecoveryCodes(await world.as(owner))).toBeNull();
    expect(await signIn(home, owner, NEW)).toMatchObject({ value: { step: "established" } });
  });

  test("security questions and a security phrase are gone, those of the owner stay", async () => {
    const { owner, world, stranger, disown } = await intrusion();
    await addSecurityAnswers(world.ctx, owner.id);
    for (const by of [stranger, await world.as(owner)])
      await world.db.transaction((tx) => record(tx, by, { type: "security_questions.replaced", accountId: owner.id }));
    expect((await setSecurityPhrase(stranger, "kuih lapis petang")).ok).toBe(true);
    await disown();
    expect(await world.db.select().from(securityAnswer), "the owner chose them again").toHaveLength(3);
    expect(await world.db.select().from(securityPhrase)).toEqual([]);
    expect((await world.events("authenticator.disowned")).map(({ data }) => data)).toMatchObject([
      { kind: "security_phrase" },
    ]);
  });

  test("answers that a stranger gave begin no wait and unlock nothing", async () => {
    const { owner, world, stranger, disown } = await intrusion();
    const bank = await seededBank(world);
    for (const [n, answer] of ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"].entries())
      expect((await addReplacement(stranger, bank[n]?.id ?? "", answer)).ok).toBe(true);
    expect((await replaceSecurityQuestions(stranger)).ok).toBe(true);
    expect(await world.db.select().from(securityAnswer)).toHaveLength(3);
    await disown();
    expect(await world.db.select().from(securityAnswer)).toEqual([]);
    expect(await questionsOf(world.ctx, owner.id)).toEqual([]);
  });

  test("is gone though the clock goes on between a thing and its record", async () => {
    const { owner, world, stranger, disown } = await intrusion();
    let ticks = 0;
    const live: Context = { ...stranger, now: () => new Date(world.now().getTime() + ticks++) };
    const bank = await seededBank(world);
    for (const [n, answer] of ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"].entries())
      expect((await addReplacement(live, bank[n]?.id ?? "", answer)).ok).toBe(true);
    expect((await replaceSecurityQuestions(live)).ok).toBe(true);
    expect((await makeRecoveryCodes(live, "")).ok).toBe(true);
    expect((await setSecurityPhrase(live, "kuih lapis petang")).ok).toBe(true);
    await disown();
    expect(await questionsOf(world.ctx, owner.id)).toEqual([]);
    expect(await findRecoveryCodes(await world.as(owner))).toBeNull();
    expect(await world.db.select().from(securityPhrase)).toEqual([]);
  });

  test("goes without a trace where the owner has a second factor of their own, which stays", async () => {
    const { world, owner, home, stranger, disown } = await intrusion();
    const phone = phoneOf(world.ctx);
    await enrolPasskey(stranger, phone);
    const own = phoneOf(world.ctx);
    const kept = await enrolPasskey(await world.as(owner, ["passkey_verified"]), own);
    await disown();
    expect(await withPasskey(stranger, phone)).toMatchObject({ ok: false });
    expect(await withPasskey(home, own)).toMatchObject({ value: { step: "established" } });
    const { passkey } = await import("#db/schema/second-factors.ts");
    expect((await world.db.select().from(passkey)).map(({ id }) => id)).toEqual([kept.passkeyId]);
  });

  test("opens nothing either where it was set up in a second browser that no letter told of", async () => {
    const { world, stranger, disown } = await intrusion("another of the stranger's");
    const phone = phoneOf(world.ctx);
    await enrolPasskey(stranger, phone);
    await disown();
    expect(await withPasskey(stranger, phone)).toMatchObject({ ok: false, error: "mismatch" });
    expect(await world.events("device.forgotten")).toHaveLength(2);
  });

  test("is forgotten with such a browser even where the mailbox was changed in it, which a letter did tell of", async () => {
    const { world, stranger, disown } = await intrusion("another of the stranger's");
    const mailbox = "pencuri@contoh.example.gov.my";
    expect(await requestMailboxChange(stranger, "official", mailbox)).toMatchObject({ ok: true });
    const { token } = proofIn((await drainMail(world.asSystem())).findLast(({ to }) => to === mailbox));
    expect(await confirmMailboxChange(stranger, token)).toMatchObject({ ok: true });
    await disown();
    expect(await world.events("device.forgotten")).toHaveLength(2);
  });

  test("leaves what the owner set up in another browser", async () => {
    const { world, owner, home, disown } = await intrusion();
    const own = await world.as(owner);
    expect((await linkGoogle(own, GOOGLE)).ok).toBe(true);
    expect((await makeRecoveryCodes(own, "")).ok).toBe(true);
    await disown();
    expect(await proveGoogle(home, GOOGLE, null, null)).toMatchObject({ ok: true });
    expect(await findRecoveryCodes(await world.as(owner))).not.toBeNull();
    expect(await world.events("authenticator.disowned")).toEqual([]);
  });
});
