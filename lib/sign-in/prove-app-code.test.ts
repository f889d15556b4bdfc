import { expect, test, vi } from "vitest";
import { recoveryCode, totpCredential } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { hashUnder } from "#lib/authenticators/hashing.ts";
import { makeRecoveryCodes } from "#lib/authenticators/recovery-codes/make-recovery-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { newWorld, type WorldAccount } from "#lib/testing/new-world.ts";
import { addTotp, anotherCode, totpCode } from "#lib/testing/totp.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { proveCode } from "./prove-code.ts";
import { provePassword } from "./prove-password.ts";

// The real one, but for the test in which nothing can be hashed any more.
vi.mock("#lib/authenticators/hashing.ts", async (original) => {
  const hashing = await original<typeof import("#lib/authenticators/hashing.ts")>();
  return { ...hashing, hashUnder: vi.fn(hashing.hashUnder) };
});

const mismatch = { ok: false, error: "mismatch" };
const more = { ok: true, value: { step: "prove" } };
const times = <T>(n: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));

async function withApp() {
  const world = await newWorld();
  const ada = await world.account({ password: true });
  const { id, secret } = await addTotp(world.ctx, ada.id);
  const ctx = world.asBrowser({ deviceToken: "a browser" });
  const begin = async (who: Pick<WorldAccount, "identity"> = ada) =>
    (await beginSignIn(ctx, who.identity, null)).ceremonyToken;
  const afterPassword = async () => {
    const ceremony = await begin();
    expect(await provePassword(ctx, ceremony, GOOD_PASSWORD, null)).toEqual(more);
    return ceremony;
  };
  const near = () => Array.from({ length: 41 }, (_, n) => totpCode(secret, world.now(), n - 20));
  return { world, ada, ctx, totpId: id, code: () => totpCode(secret, world.now()), near, begin, afterPassword };
}

async function codesOf(ctx: Context) {
  const made = await makeRecoveryCodes(ctx, "");
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

test("password and a code of the app open a session that names the app", async () => {
  const { ctx, totpId, code, afterPassword } = await withApp();
  const { sessionToken } = established(await proveCode(ctx, await afterPassword(), "totp", code(), null));
  expect((await findSession(ctx, sessionToken))?.proofs).toMatchObject([
    { factor: "password" },
    { factor: "totp", credential: totpId },
  ]);
});

test("one code opens one of eight sign-ins that give it at once", async () => {
  const { world, ctx, code, afterPassword } = await withApp();
  const ceremonies: string[] = [];
  for (let n = 0; n < 8; n++) ceremonies.push(await afterPassword());
  const answers = await times(8, (n) => proveCode(ctx, ceremonies[n] ?? "", "totp", code(), null));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await world.db.select().from(session)).toHaveLength(1);
});

test("the trail says why a code did not open; the person is told that it did not match", async () => {
  const { world, ctx, code, near, afterPassword } = await withApp();
  established(await proveCode(ctx, await afterPassword(), "totp", code(), null));
  const ceremony = await afterPassword();
  const [longAgo = ""] = near();
  for (const typed of [code(), longAgo, anotherCode(...near()), "enam digit"])
    expect(await proveCode(ctx, ceremony, "totp", typed, null)).toEqual(mismatch);
  const reasons = (await world.events("sign_in.refused")).map(({ data }) => (data as { reason: string }).reason);
  expect(reasons).toEqual(["code_used", "clock_skew", "wrong_code", "wrong_code"]);
});

test("after ten wrong ones the right one opens nothing for ten minutes", async () => {
  const { world, ctx, code, near, afterPassword } = await withApp();
  const ceremony = await afterPassword();
  const wrong = anotherCode(...near());
  for (let step = 0; step < 2; step++) {
    await times(5, () => proveCode(ctx, ceremony, "totp", wrong, null));
    world.moveClock(seconds(30));
  }
  expect(await proveCode(ctx, ceremony, "totp", code(), null)).toEqual(mismatch);
  expect(await world.db.select().from(totpCredential)).toMatchObject([{ lastStep: 0 }]);
  expect((await world.events("sign_in.refused")).at(-1)?.data).toMatchObject({ reason: "paused" });
});

test("of two hundred guesses at the code of one step five are looked at, the right one among the others or not", async () => {
  const { world, ctx, code, near, afterPassword } = await withApp();
  const ceremony = await afterPassword();
  const wrong = anotherCode(...near());
  const from = (n: number) => ({ ...ctx, request: { ...ctx.request, ip: `198.51.100.${n}` } });
  await times(200, (n) => proveCode(from(n), ceremony, "totp", wrong, null));
  const reasons = (await world.events("sign_in.refused")).map(({ data }) => (data as { reason: string }).reason);
  expect(reasons.filter((reason) => reason === "wrong_code")).toHaveLength(5);
  expect(reasons.filter((reason) => reason === "paused")).toHaveLength(195);
  expect(await proveCode(ctx, ceremony, "totp", code(), null)).toEqual(mismatch);
  world.moveClock(seconds(30));
  established(await proveCode(ctx, ceremony, "totp", code(), null));
});

test("password and a recovery code open a session, and the code is gone", async () => {
  const { world, ada, ctx, afterPassword } = await withApp();
  const [first = "", second = ""] = await codesOf(await world.as(ada, ["password", "totp"]));
  established(await proveCode(ctx, await afterPassword(), "recovery_code", first.toLowerCase(), null));
  const ceremony = await afterPassword();
  expect(await proveCode(ctx, ceremony, "recovery_code", first, null)).toEqual(mismatch);
  established(await proveCode(ctx, ceremony, "recovery_code", second, null));
  expect((await world.events("recovery_code.used")).map(({ data }) => data)).toEqual([{ left: 9 }, { left: 8 }]);
});

test("a recovery code alone opens nothing", async () => {
  const { world, ada, ctx, begin } = await withApp();
  const [first = ""] = await codesOf(await world.as(ada, ["password", "totp"]));
  expect(await proveCode(ctx, await begin(), "recovery_code", first, null)).toEqual(more);
});

test("five wrong recovery codes pause them, and the right one is not used up meanwhile", async () => {
  const { world, ada, ctx, afterPassword } = await withApp();
  const [first = ""] = await codesOf(await world.as(ada, ["password", "totp"]));
  const ceremony = await afterPassword();
  await times(12, () => proveCode(ctx, ceremony, "recovery_code", "0000-0000-0000-0000", null));
  expect(await proveCode(ctx, ceremony, "recovery_code", first, null)).toEqual(mismatch);
  expect((await world.db.select().from(recoveryCode)).every(({ usedAt }) => usedAt === null)).toBe(true);
  expect(
    (await world.events("sign_in.refused")).filter(({ data }) => (data as { reason: string }).reason !== "paused"),
  ).toHaveLength(5);
});

test("a number nobody has, and an account that may not sign in, are answered alike, and nothing of theirs is used", async () => {
  const { world, ada, ctx, code, begin } = await withApp();
  const [first = ""] = await codesOf(await world.as(ada, ["password", "totp"]));
  await world.owner.query("update account set status = 'suspended', suspended_from = 'activated' where id = $1", [
    ada.id,
  ]);
  const nobody = { identity: { type: "mykad", number: "990101140000" } } as const;
  for (const who of [ada, nobody]) {
    expect(await proveCode(ctx, await begin(who), "totp", code(), null)).toEqual(mismatch);
    expect(await proveCode(ctx, await begin(who), "recovery_code", first, null)).toEqual(mismatch);
  }
  expect(await world.db.select().from(totpCredential)).toMatchObject([{ lastStep: 0 }]);
  expect((await world.db.select().from(recoveryCode)).every(({ usedAt }) => usedAt === null)).toBe(true);
});

test("where too many hashes wait the code was not looked at, and no try is counted", async () => {
  const { world, ada, ctx, afterPassword } = await withApp();
  const [first = ""] = await codesOf(await world.as(ada, ["password", "totp"]));
  const ceremony = await afterPassword();
  vi.mocked(hashUnder).mockResolvedValue(refuse("busy"));
  for (let n = 0; n < 8; n++)
    expect(await proveCode(ctx, ceremony, "recovery_code", first, null)).toEqual({ ok: false, error: "busy" });
  vi.mocked(hashUnder).mockReset();
  established(await proveCode(ctx, ceremony, "recovery_code", first, null));
});
