import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import type { Factor } from "#lib/assurance/assurance.ts";
import { emailCodeOf } from "#lib/kernel/email-code-secrets.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { notTaken } from "#lib/mail/transports/transport.ts";
import { ceremonyOf, codesOf, issueCode, wrongCode } from "#lib/testing/email-code.ts";
import { drainMail, readMailbox, scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { mayIssueEmailCode } from "./issue-email-code.ts";
import { switchEmailCode } from "./switch-email-code.ts";
import { verifyEmailCode } from "./verify-email-code.ts";

/** A sign-in of somebody whose code is in their mailbox. */
async function mailed() {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  const ceremonyId = await ceremonyOf(world.ctx, owner.id);
  const code = (await issueCode(world.ctx, owner.id, ceremonyId)) ?? "";
  await drainMail(world.asSystem());
  const of = { accountId: owner.id, ceremonyId };
  return { world, owner, of, code };
}

const refusals = async (world: World) =>
  (await world.events("email_code.refused")).map(({ data }) => (data as { reason: string }).reason);

describe("a code to the official mailbox", () => {
  test("is six digits in the letter, which lies nowhere in the database, and opens its sign-in once", async () => {
    const { world, owner, of, code } = await mailed();
    expect(code).toMatch(/^\d{6}$/);
    const [letter] = await readMailbox(world.ctx);
    expect(letter).toMatchObject({ to: owner.officialEmail });
    expect(letter?.text).toContain(`\n${code}\n`);
    expect(JSON.stringify([await codesOf(world.ctx, owner.id), await world.mails()])).not.toContain(`"${code}"`);
    expect(await verifyEmailCode(world.ctx, of, code)).toEqual({ ok: true, value: { credential: owner.id } });
    expect(await verifyEmailCode(world.ctx, of, code)).toEqual({ ok: false, error: "wrong_code" });
  });

  test("is offered by phones on the portal's domain only: the last line of the plain text binds it", async () => {
    const { world, code } = await mailed();
    const [letter] = await readMailbox(world.ctx);
    expect(letter?.text.trimEnd().split("\n").at(-1)).toBe(`@kunci.contoh.example.gov.my #${code}`);
    expect(letter?.html).not.toContain(`#${code}`);
    expect(letter?.subject).not.toMatch(/\d/);
  });

  test("opens one of many who give it at once", async () => {
    const { world, of, code } = await mailed();
    const answers = await Promise.all(Array.from({ length: 5 }, () => verifyEmailCode(world.ctx, of, code)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("is looked at five times, of 200 guesses at once too; then the right one opens nothing", async () => {
    const { world, owner, of, code } = await mailed();
    const guesses = Array.from({ length: 200 }, () => verifyEmailCode(world.ctx, of, wrongCode(code)));
    const answers = (await Promise.all(guesses)).map((answer) => (answer.ok ? "ok" : answer.error));
    expect(answers.filter((answer) => answer === "wrong_code")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "paused")).toHaveLength(195);
    expect(await codesOf(world.ctx, owner.id)).toMatchObject([{ tries: 5, consumedAt: null }]);
    expect(await verifyEmailCode(world.ctx, of, code)).toEqual({ ok: false, error: "paused" });
  });

  test("opens at the fifth try", async () => {
    const { world, of, code } = await mailed();
    for (let n = 0; n < 4; n += 1) await verifyEmailCode(world.ctx, of, wrongCode(code));
    expect((await verifyEmailCode(world.ctx, of, code)).ok).toBe(true);
  });

  test("lives ten minutes from the hand-over of its letter, not from the request", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const ceremonyId = await ceremonyOf(world.ctx, owner.id);
    const code = (await issueCode(world.ctx, owner.id, ceremonyId)) ?? "";
    world.moveClock(minutes(4));
    await drainMail(world.asSystem());
    world.moveClock(seconds(10 * 60 - 1));
    const of = { accountId: owner.id, ceremonyId };
    expect((await verifyEmailCode(world.ctx, of, wrongCode(code))).ok).toBe(false);
    world.moveClock(seconds(1));
    expect(await verifyEmailCode(world.ctx, of, code)).toEqual({ ok: false, error: "wrong_code" });
    expect(await codesOf(world.ctx, owner.id)).toMatchObject([{ tries: 1 }]);
  });

  test("opens no other sign-in, and nobody else's", async () => {
    const { world, owner, of, code } = await mailed();
    const other = await ceremonyOf(world.ctx, owner.id);
    expect((await verifyEmailCode(world.ctx, { ...of, ceremonyId: other }, code)).ok).toBe(false);
    const stranger = await world.account();
    expect((await verifyEmailCode(world.ctx, { ...of, accountId: stranger.id }, code)).ok).toBe(false);
    expect(await verifyEmailCode(world.ctx, { ...of, accountId: null }, code)).toEqual({
      ok: false,
      error: "no_account",
    });
    expect((await verifyEmailCode(world.ctx, of, code)).ok).toBe(true);
  });

  test("lives until a newer one of its sign-in is handed over; one of another sign-in lives on", async () => {
    const { world, owner, of } = await mailed();
    const elsewhere = await ceremonyOf(world.ctx, owner.id);
    world.moveClock(minutes(1));
    const newer = (await issueCode(world.ctx, owner.id, of.ceremonyId)) ?? "";
    const { transport } = scriptedTransport(() => notTaken("temporary", "smtp_econnection"));
    await drainMail(world.asSystem(), transport);
    expect((await codesOf(world.ctx, owner.id)).map(({ supersededAt }) => supersededAt)).toEqual([null, null]);

    await drainMail(world.asSystem());
    expect((await codesOf(world.ctx, owner.id)).map(({ supersededAt }) => supersededAt)).toEqual([world.now(), null]);
    expect((await verifyEmailCode(world.ctx, of, wrongCode(newer))).ok).toBe(false);
    expect(
      (await codesOf(world.ctx, owner.id)).map(({ tries }) => tries),
      "the old one is not even looked at",
    ).toEqual([0, 1]);
    world.moveClock(minutes(1));
    await issueCode(world.ctx, owner.id, elsewhere);
    await drainMail(world.asSystem());
    expect((await verifyEmailCode(world.ctx, of, newer)).ok).toBe(true);
  });

  test("that a newer one overtakes in the queue is not mailed at all", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const ceremonyId = await ceremonyOf(world.ctx, owner.id);
    await issueCode(world.ctx, owner.id, ceremonyId);
    world.moveClock(minutes(1));
    const newer = await issueCode(world.ctx, owner.id, ceremonyId);
    expect((await drainMail(world.asSystem())).map(({ text }) => text)).toEqual([
      expect.stringContaining(`\n${newer}\n`),
    ]);
    expect(await world.events("letter.moot")).toHaveLength(1);
  });

  test("is the same in a letter that is tried again", async () => {
    const world = await newWorld();
    const owner = await world.account();
    await issueCode(world.ctx, owner.id, await ceremonyOf(world.ctx, owner.id));
    const { transport, offered } = scriptedTransport(() => notTaken("temporary", "smtp_econnection"));
    await drainMail(world.asSystem(), transport);
    world.moveClock(seconds(10));
    await drainMail(world.asSystem(), transport);
    expect(offered).toHaveLength(2);
    expect(offered[0]?.text).toBe(offered[1]?.text);
  });

  test("is not mailed late: no sign-in waits longer than a quarter of an hour", async () => {
    const world = await newWorld();
    const owner = await world.account();
    await issueCode(world.ctx, owner.id, await ceremonyOf(world.ctx, owner.id));
    world.moveClock(minutes(15));
    expect(await drainMail(world.asSystem())).toEqual([]);
  });
});

describe("codes to a mailbox", () => {
  test("go out once a minute and five times an hour; browsers the account does not know have an allowance of their own", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const ceremonyId = await ceremonyOf(world.ctx, owner.id);
    const issue = async (known: boolean) => (await issueCode(world.ctx, owner.id, ceremonyId, known)) !== null;
    expect([await issue(true), await issue(true), await issue(false), await issue(false)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const hour: boolean[] = [];
    for (let n = 0; n < 6; n += 1) {
      world.moveClock(minutes(1));
      hour.push(await issue(false));
    }
    expect(hour).toEqual([true, true, true, true, false, false]);
    expect(await issue(true), "the owner's is not used up").toBe(true);
    world.moveClock(hours(1));
    expect(await issue(false)).toBe(true);
    expect(new Set(await refusals(world))).toEqual(new Set(["throttled"]));
  });

  test("of requests at once one goes out", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const ceremonyId = await ceremonyOf(world.ctx, owner.id);
    await Promise.all(Array.from({ length: 6 }, () => issueCode(world.ctx, owner.id, ceremonyId)));
    expect(await world.mails()).toHaveLength(1);
    expect(await refusals(world)).toEqual(Array(5).fill("throttled"));
  });

  test.each([
    ["not_activated", { status: "suspended" }],
    ["mailbox_unverified", { officialEmailVerifiedAt: null }],
    ["switched_off", { emailCodeOn: false }],
  ] as const)("do not go out where they are refused as %s, and the trail says so", async (reason, change) => {
    const world = await newWorld();
    const owner = await world.account();
    await world.db.update(account).set(change).where(eq(account.id, owner.id));
    expect(await issueCode(world.ctx, owner.id, await ceremonyOf(world.ctx, owner.id))).toBeNull();
    expect(await refusals(world)).toEqual([reason]);
    const row = await world.reload(owner);
    expect(mayIssueEmailCode(row, { aMinute: 0, anHour: 0 })).toEqual({ ok: false, error: reason });
  });

  test("that are switched off while one is under way neither leave nor open", async () => {
    const { world, owner, of, code } = await mailed();
    world.moveClock(minutes(1));
    await issueCode(world.ctx, owner.id, of.ceremonyId);
    await world.db.update(account).set({ emailCodeOn: false }).where(eq(account.id, owner.id));
    expect(await drainMail(world.asSystem())).toHaveLength(1);
    expect(await verifyEmailCode(world.ctx, of, code)).toEqual({ ok: false, error: "switched_off" });
    expect((await codesOf(world.ctx, owner.id))[0]).toMatchObject({ tries: 0 });
  });

  test("are different for every row", async () => {
    const { keys } = (await newWorld()).ctx;
    const codes = new Set(Array.from({ length: 200 }, (_, n) => emailCodeOf(keys, `row ${n}`)));
    expect(codes.size).toBeGreaterThan(195);
  });
});

describe("switching codes by email", () => {
  async function signedIn(factors: Factor[] = ["password"]) {
    const world = await newWorld();
    const owner = await world.account({ password: true });
    return { world, owner, ctx: await world.as(owner, factors) };
  }

  test("off and on again is recorded, and told to the owner", async () => {
    const { world, owner, ctx } = await signedIn();
    expect((await switchEmailCode(ctx, false)).ok).toBe(true);
    expect((await world.reload(owner)).emailCodeOn).toBe(false);
    world.moveClock(seconds(1));
    expect((await switchEmailCode(ctx, true)).ok).toBe(true);
    expect((await world.reload(owner)).emailCodeOn).toBe(true);
    expect(await world.events("email_code.switched")).toMatchObject([
      { accountId: owner.id, actorId: owner.id, data: { on: false } },
      { accountId: owner.id, actorId: owner.id, data: { on: true } },
    ]);
    expect((await world.mails()).map(({ about }) => about)).toMatchObject([
      { change: "email_code_off" },
      { change: "email_code_on" },
    ]);
  });

  test("to what it is already changes nothing", async () => {
    const { world, ctx } = await signedIn();
    expect((await switchEmailCode(ctx, true)).ok).toBe(true);
    expect(await world.events("email_code.switched")).toEqual([]);
    expect(await world.mails()).toEqual([]);
  });

  test("kills the codes that are in the mailbox", async () => {
    const { world, owner, of, code } = await mailed();
    const ctx = await world.as(owner);
    await switchEmailCode(ctx, false);
    await switchEmailCode(ctx, true);
    expect((await verifyEmailCode(world.ctx, of, code)).ok).toBe(false);
  });

  test("needs a proof of the last ten minutes", async () => {
    const { world, owner, ctx } = await signedIn();
    world.moveClock(seconds(10 * 60 + 1));
    expect(await switchEmailCode(ctx, false)).toEqual({ ok: false, error: "step_up" });
    expect((await world.reload(owner)).emailCodeOn).toBe(true);
  });

  test("on is refused while the mailbox is not verified", async () => {
    const { world, owner, ctx } = await signedIn();
    await world.db.update(account).set({ emailCodeOn: false, officialEmailVerifiedAt: null });
    expect(await switchEmailCode(ctx, true)).toEqual({ ok: false, error: "mailbox_unverified" });
    expect((await world.reload(owner)).emailCodeOn).toBe(false);
  });

  test("off is refused where nothing else opens the account", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const ctx = await world.as(owner, ["email_code"]);
    expect(await switchEmailCode(ctx, false)).toEqual({ ok: false, error: "last_way" });
    expect((await world.reload(owner)).emailCodeOn).toBe(true);
  });
});
