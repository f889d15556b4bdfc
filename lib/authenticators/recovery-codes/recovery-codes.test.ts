import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { recoveryCode, recoveryCodeSet } from "#db/schema/second-factors.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { newRecoveryCode, printed, readRecoveryCode } from "./codes.ts";
import { findRecoveryCodes, recoveryCodesLeft } from "./find-recovery-codes.ts";
import { makeRecoveryCodes } from "./make-recovery-codes.ts";
import { verifyRecoveryCode } from "./verify-recovery-code.ts";

const refused = (error: string) => ({ ok: false, error });
const times = <T>(n: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));

const versionNow = async (ctx: SignedIn) => (await findRecoveryCodes(ctx))?.version ?? "";

/** Ten new codes in place of those there are. */
async function made(ctx: SignedIn): Promise<readonly string[]> {
  const answer = await makeRecoveryCodes(ctx, await versionNow(ctx));
  if (!answer.ok) throw new Error(`No codes: ${answer.error}`);
  return answer.value;
}

async function withCodes() {
  const world = await newWorld();
  const ada = await world.account();
  const ctx = await world.as(ada);
  const codes = await made(ctx);
  const of = { accountId: ada.id, ceremonyId: randomUUID() };
  return { world, ada, ctx, codes, verify: (code: string) => verifyRecoveryCode(world.ctx, of, code) };
}

const changesTold = async (world: World) =>
  (await world.mails()).map(({ about }) => (about as { change: string }).change);

describe("a code", () => {
  test("is 80 bits in letters nobody mistakes, and none is like another", () => {
    const codes = Array.from({ length: 500 }, () => newRecoveryCode(randomBytes));
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(newRecoveryCode((n) => Buffer.alloc(n, 0xff))).toBe("Z".repeat(16));
    expect(newRecoveryCode((n) => Buffer.from([...Array(n - 1).fill(0), 1]))).toBe("0000000000000001");
  });

  test.each([
    "7K2M-9QRS-TV0X-1ZAB",
    "7k2m9qrstv0x1zab",
    " 7K2M 9QRS TV0X 1ZAB ",
    "7K2M–9QRS—TV0X‑1ZAB",
    "7K2M-9QRS-TVOX-IZAB",
    "7k2m-9qrs-tvox-lzab",
    "７Ｋ２Ｍ９ＱＲＳＴＶ０Ｘ１ＺＡＢ",
  ])("typed as %j is read", (typed) => {
    expect(readRecoveryCode(typed)).toBe("7K2M9QRSTV0X1ZAB");
  });

  test.each([
    "",
    "7K2M-9QRS-TV0X-1ZA",
    "7K2M-9QRS-TV0X-1ZABC",
    "7K2M-9QRS-TV0X-1ZAU",
    "7K2M_9QRS_TV0X_1ZAB",
    "-1",
    "A".repeat(10_000),
  ])("%j is none", (typed) => {
    expect(readRecoveryCode(typed)).toBeNull();
  });

  test("is printed in groups of four", () => {
    expect(printed("7K2M9QRSTV0X1ZAB")).toBe("7K2M-9QRS-TV0X-1ZAB");
  });
});

describe("making codes", () => {
  test("gives ten, keeps their hashes only, and tells the owner", async () => {
    const { world, ada, ctx, codes } = await withCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const rows = await world.db.select().from(recoveryCode);
    const kept = JSON.stringify([
      rows,
      await world.db.select().from(recoveryCodeSet),
      await world.events(),
      await world.mails(),
    ]);
    for (const code of codes) {
      expect(kept).not.toContain(code);
      expect(kept).not.toContain(code.replaceAll("-", ""));
    }
    for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await findRecoveryCodes(ctx)).toMatchObject({ madeAt: world.now(), left: 10 });
    expect(await recoveryCodesLeft(ctx)).toBe(10);
    expect(await world.events("recovery_codes.made")).toMatchObject([{ accountId: ada.id, data: { replaced: false } }]);
    expect(await changesTold(world)).toEqual(["recovery_codes_made"]);
  });

  test("needs a fresh proof at the account's level", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const ctx = await world.as(ada);
    expect(await recoveryCodesLeft(ctx)).toBeNull();
    await addTotp(world.ctx, ada.id);
    expect(await makeRecoveryCodes(ctx, "")).toEqual(refused("step_up"));
    const both = await world.as(ada, ["password", "totp"]);
    world.moveClock(seconds(601));
    expect(await makeRecoveryCodes(both, "")).toEqual(refused("step_up"));
    expect(await makeRecoveryCodes(world.ctx, "")).toEqual(refused("signed_out"));
    expect(await world.db.select().from(recoveryCode)).toEqual([]);
  });

  test("again, the old ones die, used or not", async () => {
    const { world, ctx, codes, verify } = await withCodes();
    const [first = "", second = ""] = codes;
    await verify(first);
    world.moveClock(minutes(2));
    const [fresh = ""] = await made(ctx);
    expect(await recoveryCodesLeft(ctx)).toBe(10);
    expect(await verify(second)).toEqual(refused("wrong_code"));
    expect((await verify(fresh)).ok).toBe(true);
    expect((await world.events("recovery_codes.made")).map(({ data }) => data)).toEqual([
      { replaced: false },
      { replaced: true },
    ]);
  });

  test("a form that is sent twice makes codes once, so that those on the screen are the ones that open", async () => {
    const { ctx, verify } = await withCodes();
    const replaces = await versionNow(ctx);
    const answers = await times(8, () => makeRecoveryCodes(ctx, replaces));
    const [shown] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array(7).fill(refused("made_meanwhile")));
    expect((await verify(shown?.[9] ?? "")).ok).toBe(true);
    expect(await makeRecoveryCodes(ctx, replaces)).toEqual(refused("made_meanwhile"));
  });
});

describe("using a code", () => {
  test("opens once, and is shown as used: which, when and where", async () => {
    const { world, ada, ctx, codes, verify } = await withCodes();
    world.moveClock(minutes(5));
    expect(await verify(codes[2]?.toLowerCase().replaceAll("-", " ") ?? "")).toEqual({ ok: true, value: {} });
    expect(await verify(codes[2] ?? "")).toEqual(refused("code_used"));
    const found = await findRecoveryCodes(ctx);
    expect(found?.left).toBe(9);
    expect(found?.codes.filter(({ used }) => used)).toEqual([
      { position: 3, used: { at: world.now(), from: "Chrome pada Windows" } },
    ]);
    expect(await world.events("recovery_code.used")).toMatchObject([{ accountId: ada.id, data: { left: 9 } }]);
    expect(await changesTold(world)).toEqual(["recovery_codes_made", "recovery_code_used"]);
  });

  test("the same code fifty times at once opens once", async () => {
    const { world, codes, verify } = await withCodes();
    const answers = await times(50, () => verify(codes[0] ?? ""));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("recovery_code.used")).toHaveLength(1);
  });

  test("all ten at once open once each, and the trail counts down to none", async () => {
    const { world, ctx, codes, verify } = await withCodes();
    const answers = await Promise.all(codes.map((code) => verify(code)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const left = (await world.events("recovery_code.used")).map(({ data }) => (data as { left: number }).left);
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await recoveryCodesLeft(ctx)).toBe(0);
  });

  test("what is not one opens nothing, and says why to the trail", async () => {
    const { world, codes, verify } = await withCodes();
    expect(await verify("0000-0000-0000-0000")).toEqual(refused("wrong_code"));
    expect(await verify("bukan kod")).toEqual(refused("wrong_code"));
    expect(await verify("")).toEqual(refused("wrong_code"));
    const ben = await world.account();
    const ofBen = { accountId: ben.id, ceremonyId: randomUUID() };
    expect(await verifyRecoveryCode(world.ctx, ofBen, codes[0] ?? "")).toEqual(refused("not_enrolled"));
    await made(await world.as(ben));
    expect(await verifyRecoveryCode(world.ctx, ofBen, codes[0] ?? ""), "a code opens its own account only").toEqual(
      refused("wrong_code"),
    );
    const ofNobody = { accountId: null, ceremonyId: randomUUID() };
    expect(await verifyRecoveryCode(world.ctx, ofNobody, codes[0] ?? "")).toEqual(refused("no_account"));
    expect((await verify(codes[0] ?? "")).ok).toBe(true);
  });
});
