import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { account } from "#db/schema/account.ts";
import { switchEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import { removePasskey } from "#lib/authenticators/passkey/remove-passkey.ts";
import { passkeyRequestOptions } from "#lib/authenticators/passkey/request-passkey.ts";
import { days, after as later, minutes } from "#lib/kernel/time.ts";
import { notTaken } from "#lib/mail/transports/transport.ts";
import { disownSignIn } from "#lib/recovery/undo/disown-sign-in.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { proveCode } from "#lib/sign-in/prove-code.ts";
import { attemptUse, provePasskey } from "#lib/sign-in/prove-passkey.ts";
import { requestEmailCode } from "#lib/sign-in/request-email-code.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { diagnosisOf, findingsOf } from "#lib/testing/diagnosis.ts";
import { answerEmailCodeRequests } from "#lib/testing/email-code.ts";
import { linkIn } from "#lib/testing/lost-factor.ts";
import { drainMail, scriptedTransport } from "#lib/testing/mail.ts";
import { type AccountWanted, newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { askForReset } from "#lib/testing/recovery.ts";
import { begunSignIn, givePassword, signInWithPassword } from "#lib/testing/sign-in.ts";
import { addTotp, anotherCode, totpCode } from "#lib/testing/totp.ts";
import { sendReset } from "../actions/send-reset.ts";
import type { Reason } from "../reason.ts";

// A refusal waits for the next tenth of a second, which a hundred of them need not.
vi.mock("#lib/kernel/even-time.ts", () => ({
  evenly: () => async () => undefined,
  inEvenTime: <T>(_: unknown, work: () => Promise<T>) => work(),
}));

// Nor need what is wrong by its looks be hashed a hundred times.
vi.mock("#lib/authenticators/hashing.ts", async (original) => {
  const hashing = await original<typeof import("#lib/authenticators/hashing.ts")>();
  const verifySecret: typeof hashing.verifySecret = async (hash, plain) =>
    plain === WRONG ? { ok: true, value: false } : hashing.verifySecret(hash, plain);
  return { ...hashing, verifySecret };
});

const WRONG = "Bukan kata laluan ini 1";
const staff = { password: true, staffConfirmed: true } as const satisfies AccountWanted;

async function somebody(wanted: AccountWanted = staff) {
  const world = await newWorld();
  return { world, owner: await world.account(wanted) };
}

let addresses = 0;
/** Somebody at a browser that the account does not know, each time from another address. */
const stranger = (world: World) => world.asBrowser({ ip: `198.51.100.${addresses++ % 250}`, deviceToken: null });
const guess = (world: World, owner: WorldAccount) => signInWithPassword(stranger(world), owner, WRONG);

/** A sign-in that waits for the second factor. */
async function afterPassword(world: World, owner: WorldAccount): Promise<string> {
  const ceremonyToken = await begunSignIn(world.ctx, owner);
  expect((await givePassword(world.ctx, ceremonyToken, GOOD_PASSWORD)).ok).toBe(true);
  return ceremonyToken;
}

describe("an account that can be signed in to", () => {
  test("shows no problem, and after ninety days that nobody has", async () => {
    const { world, owner } = await somebody();
    expect((await signInWithPassword(world.ctx, owner, GOOD_PASSWORD)).ok).toBe(true);
    const last = world.now();
    expect(await findingsOf(world, owner)).toEqual(["no_problem_found"]);
    world.moveClock(days(89));
    expect(await findingsOf(world, owner)).toEqual(["no_problem_found"]);
    world.moveClock(days(1));
    expect(await diagnosisOf(world, owner)).toEqual([{ code: "idle", about: { last }, help: null }]);
  });

  test("shows what failed before no longer, once its owner is in", async () => {
    const { world, owner } = await somebody();
    await guess(world, owner);
    expect(await findingsOf(world, owner)).toEqual(["password_wrong"]);
    expect((await signInWithPassword(world.ctx, owner, GOOD_PASSWORD)).ok).toBe(true);
    expect(await findingsOf(world, owner)).toEqual(["no_problem_found"]);
  });
});

describe("of a password it is found that", () => {
  test("it was wrong, and after five that it waits until when", async () => {
    const { world, owner } = await somebody();
    for (let n = 0; n < 4; n++) await guess(world, owner);
    expect(await diagnosisOf(world, owner)).toMatchObject([{ code: "password_wrong", about: { times: 4 } }]);
    await guess(world, owner);
    expect(await diagnosisOf(world, owner)).toMatchObject([
      {
        code: "password_paused",
        about: { until: later(world.now(), minutes(1)), tries: 5 },
        help: { do: "unlock" },
      },
      { code: "password_wrong", help: { do: "send_reset" } },
    ]);
    world.moveClock(minutes(1));
    expect(await findingsOf(world, owner)).toEqual(["password_wrong"]);
  });

  test("a hundred wrong ones have closed it", { timeout: 90_000 }, async () => {
    const { world, owner } = await somebody();
    for (let n = 0; n < 100; n++) {
      await guess(world, owner);
      world.moveClock(minutes(15));
    }
    const [first] = await diagnosisOf(world, owner);
    expect(first).toEqual({
      code: "password_disabled_after_100",
      about: { tries: 100, at: later(world.now(), minutes(-15)) },
      help: { do: "send_reset" },
    });
    expect((await signInWithPassword(stranger(world), owner, GOOD_PASSWORD)).ok).toBe(false);
  });

  test("its owner had it disabled, when a sign-in was not theirs", async () => {
    const { world, owner } = await somebody();
    await signInWithPassword(world.asBrowser({ deviceToken: "known" }), owner, GOOD_PASSWORD);
    await signInWithPassword(world.asBrowser({ deviceToken: "a stranger's" }), owner, GOOD_PASSWORD);
    const token = linkIn(await drainMail(world.asSystem()), "undo");
    expect((await disownSignIn(world.ctx, token)).ok).toBe(true);
    expect(await diagnosisOf(world, owner)).toEqual([
      {
        code: "password_disabled_not_me",
        about: { at: world.now(), why: "not_me" },
        help: { do: "send_reset" },
      },
    ]);
  });
});

describe("of a new password it is found that", () => {
  test("the link to it waits, whoever asked for it, and when an officer did that the old one is disabled", async () => {
    const { world, owner } = await somebody();
    await askForReset(world.asSystem(), owner);
    const asked = world.now();
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "letter_on_its_way", about: { at: asked, sent: false }, help: { again: true } },
    ]);
    await drainMail(world.asSystem());
    const about = { sent: world.now(), ends: later(world.now(), minutes(30)) };
    expect(await diagnosisOf(world, owner)).toMatchObject([{ code: "letter_on_its_way", about: { sent: true } }]);
    world.moveClock(minutes(5));
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "reset_waiting", about, help: { guide: "forgot-password" } },
    ]);
    world.moveClock(minutes(25));
    expect(await diagnosisOf(world, owner)).toMatchObject([{ code: "no_problem_found", about: { last: null } }]);

    const desk = await world.officer("helpdesk");
    const reason = "Diminta melalui telefon" as Reason;
    expect((await sendReset(desk.ctx, { accountId: owner.id, reason })).ok).toBe(true);
    await drainMail(world.asSystem());
    expect(await findingsOf(world, owner)).toEqual(["letter_on_its_way", "password_disabled_not_me"]);
    world.moveClock(minutes(5));
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "reset_waiting" },
      { code: "password_disabled_not_me", about: { why: "officer" } },
    ]);
  });
});

describe("of a second factor it is found that", () => {
  test("the clock of the phone is off", async () => {
    const { world, owner } = await somebody();
    const { secret } = await addTotp(world.ctx, owner.id);
    const code = totpCode(secret, world.now(), 10);
    expect((await proveCode(world.ctx, await afterPassword(world, owner), "totp", code, null)).ok).toBe(false);
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "clock_of_phone_off", about: { at: world.now() }, help: { guide: "authenticator-app" } },
    ]);
  });

  test("too many codes were wrong, until when none is looked at", async () => {
    const { world, owner } = await somebody();
    const { secret } = await addTotp(world.ctx, owner.id);
    const wrong = anotherCode(...Array.from({ length: 41 }, (_, n) => totpCode(secret, world.now(), n - 20)));
    for (let n = 0; n < 10; n++) {
      await proveCode(stranger(world), await begunSignIn(world.ctx, owner), "totp", wrong, null);
      world.moveClock(minutes(0.5));
    }
    expect(await findingsOf(world, owner)).toContain("codes_paused");
  });

  test("the password was right more than once, and nothing followed", async () => {
    const { world, owner } = await somebody();
    await addTotp(world.ctx, owner.id);
    await afterPassword(world, owner);
    expect(await findingsOf(world, owner)).not.toContain("second_factor_not_given");
    await afterPassword(world, owner);
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "second_factor_not_given", about: { times: 2 }, help: { do: "request_reset" } },
    ]);
  });

  test("the passkey that was tried is one that was removed", async () => {
    const { world, owner } = await somebody();
    const here = await world.as(owner);
    const phone = phoneOf(world.ctx);
    const { passkeyId } = await enrolPasskey(here, phone);
    expect((await removePasskey(here, passkeyId)).ok).toBe(true);
    await drainMail(world.asSystem());
    world.moveClock(minutes(1));
    const ceremonyToken = await begunSignIn(world.ctx, owner);
    const attempt = await openAttempt(world.ctx, ceremonyToken);
    if (!attempt) throw new Error("No sign-in waits for a proof");
    const credentialJson = phone.get(await passkeyRequestOptions(world.ctx, attemptUse(attempt)));
    await provePasskey(world.ctx, { ceremonyToken, credentialJson, previousToken: null, returnTo: null });
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "passkey_unknown", about: { at: world.now() }, help: { guide: "passkey" } },
    ]);
  });

  test("what was tried last is the likeliest", async () => {
    const { world, owner } = await somebody();
    const { secret } = await addTotp(world.ctx, owner.id);
    await proveCode(world.ctx, await afterPassword(world, owner), "totp", totpCode(secret, world.now(), 10), null);
    world.moveClock(minutes(1));
    await guess(world, owner);
    expect(await findingsOf(world, owner)).toEqual(["password_wrong", "clock_of_phone_off"]);
  });
});

describe("of codes by email it is found that", () => {
  const ask = async (world: World, owner: WorldAccount) => {
    await requestEmailCode(world.ctx, await begunSignIn(world.ctx, owner));
    await answerEmailCodeRequests(world);
  };

  test("they come late, while one waits and after it went", async () => {
    const { world, owner } = await somebody();
    await ask(world, owner);
    const asked = world.now();
    await drainMail(world.asSystem(), scriptedTransport(() => notTaken("temporary", "smtp_econnection")).transport);
    world.moveClock(minutes(7));
    expect(await findingsOf(world, owner)).toEqual(["code_by_email_late", "letter_queued_long"]);
    await drainMail(world.asSystem());
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "code_by_email_late", about: { minutes: 7, at: asked }, help: { guide: "email-otp" } },
    ]);
  });

  test("their owner has switched them off", async () => {
    const { world, owner } = await somebody();
    expect((await switchEmailCode(await world.as(owner), false)).ok).toBe(true);
    await drainMail(world.asSystem());
    await ask(world, owner);
    expect(await findingsOf(world, owner)).toEqual(["code_by_email_off"]);
  });

  test("the mailbox is not verified", async () => {
    const { world, owner } = await somebody();
    // As of somebody who was activated at a counter.
    await world.db.update(account).set({ officialEmailVerifiedAt: null }).where(eq(account.id, owner.id));
    await ask(world, owner);
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "mailbox_unverified", about: { at: world.now() }, help: null },
    ]);
  });
});
