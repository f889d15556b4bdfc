import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { emailCode, totpCredential } from "#db/schema/second-factors.ts";
import { signInCeremony } from "#db/schema/sign-in.ts";
import { rememberBrowser } from "#lib/account/browser.ts";
import { switchEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { emailCodeOf } from "#lib/kernel/email-code-secrets.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { answerEmailCodeRequests } from "#lib/testing/email-code.ts";
import { established } from "#lib/testing/established.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { limits } from "#lib/throttle/limits.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { proveCode } from "./prove-code.ts";
import { provePassword } from "./prove-password.ts";
import { requestEmailCode } from "./request-email-code.ts";

const nobody: IdentityNumber = { type: "mykad", number: "650505050000" };

async function ask(ctx: Context, identity: IdentityNumber) {
  const { ceremonyToken } = await beginSignIn(ctx, identity, null);
  return { ceremonyToken, answer: await requestEmailCode(ctx, ceremonyToken) };
}

const codes = (world: World) => world.db.select().from(emailCode);
const reasons = async (world: World) =>
  (await world.events("email_code.refused")).map(({ accountId, data }) => [
    accountId,
    (data as { reason: string }).reason,
  ]);

test("a request answers with its time, for whoever it is, and the job owes the letter or records why not", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const suspended = await world.account({ status: "suspended" });
  const awaiting = await world.account({ status: "email_verified" });
  for (const identity of [owner.identity, suspended.identity, awaiting.identity, nobody])
    expect((await ask(world.ctx, identity)).answer).toEqual({ ok: true, value: { requestedAt: world.now() } });
  expect(await world.mails(), "nothing is decided before the job").toEqual([]);
  expect(await answerEmailCodeRequests(world)).toBe(4);
  expect(await world.mails()).toMatchObject([{ kind: "email_code", to: owner.officialEmail }]);
  expect(await reasons(world)).toEqual(
    expect.arrayContaining([
      [suspended.id, "not_activated"],
      [awaiting.id, "not_activated"],
      [null, "no_account"],
    ]),
  );
});

test("a sign-in keeps when a code was asked for; asked again within a minute it leaves no second job", async () => {
  const world = await newWorld();
  const owner = await world.account();
  for (const identity of [owner.identity, nobody]) {
    const first = world.now();
    const { ceremonyToken } = await ask(world.ctx, identity);
    world.moveClock(seconds(59));
    expect(await requestEmailCode(world.ctx, ceremonyToken)).toEqual({ ok: true, value: { requestedAt: first } });
    world.moveClock(seconds(1));
    expect(await requestEmailCode(world.ctx, ceremonyToken)).toEqual({ ok: true, value: { requestedAt: world.now() } });
    expect(
      await world.db
        .select({ at: signInCeremony.codeRequestedAt })
        .from(signInCeremony)
        .where(eq(signInCeremony.tokenDigest, digest(ceremonyToken))),
    ).toEqual([{ at: world.now() }]);
    expect(await answerEmailCodeRequests(world)).toBe(2);
  }
  expect(await codes(world), "the second a minute later is none too many").toHaveLength(2);
});

test("of presses at once one leaves a job", async () => {
  const world = await newWorld();
  const { ceremonyToken } = await beginSignIn(world.ctx, nobody, null);
  await Promise.all(Array.from({ length: 8 }, () => requestEmailCode(world.ctx, ceremonyToken)));
  expect(await answerEmailCodeRequests(world)).toBe(1);
});

test("a queue that was slow does not count against who asked a minute apart", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const { ceremonyToken } = await ask(world.ctx, owner.identity);
  world.moveClock(seconds(20));
  await answerEmailCodeRequests(world);
  world.moveClock(seconds(40));
  await requestEmailCode(world.ctx, ceremonyToken);
  await answerEmailCodeRequests(world);
  expect(await codes(world)).toHaveLength(2);
});

test("strangers who ask for somebody's codes do not use up the owner's, in the browser they sign in with", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const own = await knownBrowser(world, owner);
  await ask(world.asBrowser({ deviceToken: "a stranger's" }), owner.identity);
  await ask(world.asBrowser({ deviceToken: null }), owner.identity);
  await ask(own, owner.identity);
  await answerEmailCodeRequests(world);
  expect((await codes(world)).map((code) => code.knownBrowser).sort()).toEqual([false, true]);
  expect(await reasons(world)).toEqual([[owner.id, "throttled"]]);
});

test("a browser in which somebody only registered is none the account knows", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const ctx = world.asBrowser({ deviceToken: "registered here" });
  await world.db.transaction((tx) => rememberBrowser(tx, ctx, owner.id, "registered"));
  await ask(ctx, owner.identity);
  await answerEmailCodeRequests(world);
  expect(await codes(world)).toMatchObject([{ knownBrowser: false }]);
});

test("a sign-in that is over asks for nothing, and one that ended before the job came round is owed nothing", async () => {
  const world = await newWorld();
  const owner = await world.account();
  expect(await requestEmailCode(world.ctx, "none")).toEqual({ ok: false, error: "start_again" });
  const { ceremonyToken } = await ask(world.ctx, owner.identity);
  world.moveClock(minutes(15));
  expect(await requestEmailCode(world.ctx, ceremonyToken)).toEqual({ ok: false, error: "start_again" });
  await answerEmailCodeRequests(world);
  expect(await codes(world)).toEqual([]);

  await ask(world.ctx, owner.identity);
  await world.db.update(signInCeremony).set({ step: "established" });
  await answerEmailCodeRequests(world);
  expect(await codes(world)).toEqual([]);
});

test("an account that switched codes off is mailed none", async () => {
  const world = await newWorld();
  const owner = await world.account();
  await world.db.update(account).set({ emailCodeOn: false });
  await ask(world.ctx, owner.identity);
  await answerEmailCodeRequests(world);
  expect(await world.mails()).toEqual([]);
  expect(await reasons(world)).toEqual([[owner.id, "switched_off"]]);
});

/** The digits of the newest code. */
async function codeOf(world: World): Promise<string> {
  const [newest] = await world.db.select().from(emailCode).orderBy(desc(emailCode.createdAt)).limit(1);
  return emailCodeOf(world.ctx.keys, newest?.id ?? "");
}

async function knownBrowser(world: World, owner: WorldAccount): Promise<Context> {
  const ctx = world.asBrowser({ deviceToken: "the owner's" });
  await world.db.transaction((tx) => rememberBrowser(tx, ctx, owner.id, "signed_in"));
  return ctx;
}

test("a code opens a session at the lowest level, and says so in the trail", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const { ceremonyToken } = await ask(world.ctx, owner.identity);
  await answerEmailCodeRequests(world);
  const answer = await proveCode(world.ctx, ceremonyToken, "email_code", await codeOf(world), null);
  if (!answer.ok || answer.value.step !== "established") throw new Error("It did not open");
  expect(await findSession(world.ctx, answer.value.sessionToken)).toMatchObject({ proofs: [{ factor: "email_code" }] });
  expect(await world.events("sign_in.succeeded")).toMatchObject([{ data: { level: "urn:kunci:aal1" } }]);
});

test("a code does not open an account that asks for two factors: more is asked for", async () => {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  await world.db.insert(totpCredential).values({
    accountId: owner.id,
    id: randomUUID(),
    secretSealed: "-",
    lastStep: 0,
    setAt: world.now(),
  });
  await world.db.update(account).set({ asksTwoFactors: true });
  const { ceremonyToken } = await ask(world.ctx, owner.identity);
  await answerEmailCodeRequests(world);
  const code = await codeOf(world);
  expect(await proveCode(world.ctx, ceremonyToken, "email_code", code, null)).toEqual({
    ok: true,
    value: { step: "prove" },
  });
  expect(await provePassword(world.ctx, ceremonyToken, owner.password ?? "", null), "nor with the password").toEqual({
    ok: true,
    value: { step: "prove" },
  });
  expect((await world.events("sign_in.succeeded")).length).toBe(0);
});

test("200 guesses at once, from as many addresses: five are looked at, and a new code does not begin anew", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const { ceremonyToken } = await ask(world.ctx, owner.identity);
  await answerEmailCodeRequests(world);
  const guess = (n: number) =>
    proveCode(world.asBrowser({ ip: `198.51.100.${n}` }), ceremonyToken, "email_code", "not six digits", null);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => guess(n)));
  expect(answers.every((answer) => !answer.ok && answer.error === "mismatch")).toBe(true);
  const reasonsOf = async () =>
    Object.groupBy(await world.events("sign_in.refused"), ({ data }) => (data as { reason: string }).reason);
  expect((await reasonsOf()).wrong_code).toHaveLength(5);
  expect(await codes(world)).toMatchObject([{ tries: 5 }]);

  world.moveClock(minutes(1));
  await requestEmailCode(world.ctx, ceremonyToken);
  await answerEmailCodeRequests(world);
  expect((await proveCode(world.ctx, ceremonyToken, "email_code", await codeOf(world), null)).ok).toBe(false);
  expect((await reasonsOf()).wrong_code, "ten in ten minutes for an account, over all its codes").toHaveLength(5);
});

test("switching codes off ends what they opened elsewhere, and a sign-in at that very moment opens nothing", async () => {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  const opened = async () => {
    const { ceremonyToken } = await ask(world.ctx, owner.identity);
    await answerEmailCodeRequests(world);
    const code = await codeOf(world);
    world.moveClock(minutes(1));
    return proveCode(world.ctx, ceremonyToken, "email_code", code, null);
  };
  const before = established(await opened());
  expect(await findSession(world.ctx, before.sessionToken)).not.toBeNull();
  const acting = await world.as(owner);
  expect((await switchEmailCode(acting, false)).ok).toBe(true);
  expect(await findSession(world.ctx, before.sessionToken)).toBeNull();
  expect(await findSession(world.ctx, acting.sessionToken)).not.toBeNull();

  for (let round = 0; round < 5; round += 1) {
    await world.db.update(account).set({ emailCodeOn: true });
    await world.db.delete(emailCode);
    const { ceremonyToken } = await ask(world.ctx, owner.identity);
    await answerEmailCodeRequests(world);
    const code = await codeOf(world);
    const here = await world.as(owner);
    const [signedIn] = await Promise.all([
      proveCode(world.ctx, ceremonyToken, "email_code", code, null),
      switchEmailCode(here, false),
    ]);
    const token = signedIn.ok && signedIn.value.step === "established" ? signedIn.value.sessionToken : null;
    expect(token && (await findSession(world.ctx, token))).toBeNull();
    world.moveClock(minutes(1));
  }
});

test("what anybody may ask for without end fills the trail only so far, each minute and address", async () => {
  const world = await newWorld();
  const flood = async () => {
    for (let n = 0; n < 30; n++) await ask(world.ctx, nobody);
    await answerEmailCodeRequests(world);
    return (await reasons(world)).length;
  };
  expect(await flood()).toBe(limits.failedTriesPerAddress.points);
  await ask(world.asBrowser({ ip: "198.51.100.77" }), nobody);
  await answerEmailCodeRequests(world);
  expect(await reasons(world)).toHaveLength(limits.failedTriesPerAddress.points + 1);
  world.moveClock(minutes(1));
  expect(await flood()).toBe(2 * limits.failedTriesPerAddress.points + 1);
});
