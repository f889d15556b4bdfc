import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { recovery } from "#db/schema/recovery.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import {
  askedForRecovery,
  askForRecovery,
  codeIn,
  linkIn,
  startedRecovery,
  withFactor,
} from "#lib/testing/lost-factor.ts";
import { drainMail } from "#lib/testing/mail.ts";
import type { World } from "#lib/testing/new-world.ts";
import { answersWith, rightAnswers } from "#lib/testing/security-answers.ts";
import { finishWaits } from "./finish-waits.ts";
import { openRecoveryByCode } from "./open-recovery-by-code.ts";
import { startRecovery } from "./start-recovery.ts";
import { viewRecovery } from "./view-recovery.ts";

const refusals = async (world: World) =>
  (await world.events("recovery.refused")).map(({ data }) => (data as { reason: string }).reason);
const lettersOf = async (world: World, kind: string) => (await world.mails()).filter((mail) => mail.kind === kind);

describe("asking for a lost factor to be replaced", () => {
  test("mails a link and a code to the official mailbox alone", async () => {
    const { world, owner } = await withFactor();
    await askForRecovery(world, owner);
    const [mail, ...more] = await drainMail(world.asSystem());
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: owner.officialEmail });
    const token = linkIn(mail ? [mail] : [], "recover/second-factor");
    expect(await viewRecovery(world.ctx, token)).toMatchObject({ ok: true, value: { step: "answers" } });
    expect(await openRecoveryByCode(world.ctx, owner.identity, codeIn(mail ?? { text: "" }))).toEqual({
      ok: true,
      value: { token },
    });
    expect(JSON.stringify(await world.db.select().from(recovery)), "only digests are kept").not.toContain(token);
  });

  test("with a mailbox that is not the number's own, or a number nobody has, is recorded and mailed to nobody", async () => {
    const { world, owner } = await withFactor();
    const other = await world.account();
    await askForRecovery(world, { ...owner, officialEmail: other.officialEmail });
    await askForRecovery(world, { ...owner, identity: { type: "mykad", number: "650505050000" } });
    expect(await refusals(world)).toEqual(["no_match", "no_match"]);
    expect(await world.mails()).toEqual([]);
  });

  test.each(["suspended", "locked"] as const)(
    "of an account that is %s is answered by a letter that says so",
    async (status) => {
      const { world, owner } = await withFactor({ status });
      await askForRecovery(world, owner);
      expect(await refusals(world)).toEqual([status]);
      expect(await world.mails()).toMatchObject([{ kind: "lost_factor_refused", to: owner.officialEmail }]);
      expect(await drainMail(world.asSystem())).toHaveLength(1);
    },
  );

  test("of an account without a second factor, or without questions, is answered by a letter that says so", async () => {
    const { world, owner } = await withFactor();
    await world.db.delete(securityAnswer);
    await askForRecovery(world, owner);
    world.moveClock(minutes(2));
    await world.db.delete(totpCredential);
    await askForRecovery(world, owner);
    expect(await refusals(world)).toEqual(["no_questions", "no_second_factor"]);
    expect((await drainMail(world.asSystem())).map(({ text }) => text)).toEqual([
      expect.stringContaining("tiada soalan keselamatan"),
      expect.stringContaining("tiada faktor kedua"),
    ]);
  });

  test("of an account that waits for its activation sends the activation again", async () => {
    const { world, owner } = await withFactor({ status: "registered" });
    await askForRecovery(world, owner);
    expect(await refusals(world)).toEqual(["not_activated"]);
    expect(await world.mails()).toMatchObject([{ kind: "activation" }]);
  });

  test("of an account that was activated in person mails nothing to a mailbox that nobody has proven", async () => {
    const { world, owner } = await withFactor();
    await world.db.update(account).set({ officialEmailVerifiedAt: null }).where(eq(account.id, owner.id));
    await askForRecovery(world, owner);
    expect(await refusals(world)).toEqual(["not_activated"]);
    expect(await world.mails()).toEqual([]);
  });

  test("mails one letter a minute and five an hour, however many ask from wherever", async () => {
    const { world, owner } = await withFactor();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => askForRecovery(world, owner, world.asBrowser({ ip: `198.51.100.${n}` }))),
    );
    expect(await lettersOf(world, "lost_factor")).toHaveLength(1);
    for (let n = 0; n < 8; n++) {
      world.moveClock(minutes(2));
      await askForRecovery(world, owner);
    }
    expect(await lettersOf(world, "lost_factor")).toHaveLength(5);
  });

  test("only the newest letter works, from when it was handed over, for half an hour", async () => {
    const { world, owner, token } = await askedForRecovery();
    world.moveClock(minutes(5));
    await askForRecovery(world, owner);
    expect((await viewRecovery(world.ctx, token)).ok, "the newer one has not left yet").toBe(true);
    const newest = linkIn(await drainMail(world.asSystem()), "recover/second-factor");
    expect(await viewRecovery(world.ctx, token)).toEqual({ ok: false, error: "superseded" });
    expect(await startRecovery(world.ctx, token, rightAnswers)).toEqual({ ok: false, error: "unusable" });
    world.moveClock(minutes(30));
    expect(await viewRecovery(world.ctx, newest)).toEqual({ ok: false, error: "expired" });
    expect(await startRecovery(world.ctx, newest, rightAnswers)).toEqual({ ok: false, error: "unusable" });
  });

  test("a typed code has five tries a letter, and the link is none the worse for them", async () => {
    const { world, owner, token } = await askedForRecovery();
    const code = codeIn((await drainMail(world.asSystem())).at(-1) ?? { text: "" });
    for (let n = 0; n < 5; n++)
      expect(await openRecoveryByCode(world.asBrowser({ ip: `198.51.100.${n}` }), owner.identity, "00000000")).toEqual({
        ok: false,
        error: "code_mismatch",
      });
    expect(await openRecoveryByCode(world.asBrowser({ ip: "198.51.100.9" }), owner.identity, code)).toMatchObject({
      ok: false,
    });
    expect((await viewRecovery(world.ctx, token)).ok).toBe(true);
  });
});

describe("answering the questions", () => {
  test("rightly begins a wait of 24 hours and opens nothing; every address is told, and how to stop it", async () => {
    const { world, owner, token } = await askedForRecovery();
    expect(await startRecovery(world.ctx, token, answersWith(2))).toMatchObject({ ok: true });
    expect(await world.events("recovery.started")).toMatchObject([{ accountId: owner.id }]);
    expect(await viewRecovery(world.ctx, token)).toMatchObject({
      ok: true,
      value: { step: "wait", wait: { ready: false } },
    });
    const told = (await drainMail(world.asSystem())).slice(1);
    expect(told.map(({ to }) => to).toSorted()).toEqual([owner.officialEmail, "pegawai@contoh.example"].toSorted());
    for (const { text } of told) expect(text).toMatch(/\/undo\/[\w-]{43}[\s\S]*\/lock\/[\w-]{43}/);
    expect(
      told.some(({ text }) => text.includes("/enrol/")),
      "no letter of the wait opens anything",
    ).toBe(false);
  });

  test("wrongly is recorded, and after five tries a day the right ones begin nothing", async () => {
    const { world, token } = await askedForRecovery();
    for (let n = 0; n < 5; n++)
      expect(await startRecovery(world.ctx, token, answersWith(1))).toEqual({ ok: false, error: "answers_mismatch" });
    expect(await startRecovery(world.ctx, token, rightAnswers)).toEqual({ ok: false, error: "tries_used" });
    expect(await refusals(world)).toEqual([...Array(5).fill("answers_mismatch"), "tries_used"]);
    expect(await world.events("recovery.started")).toEqual([]);
  });

  test("fifty times at once begins one wait", async () => {
    const { world, token } = await askedForRecovery();
    const from = (n: number) => world.asBrowser({ ip: `198.51.100.${n}` });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => startRecovery(from(n), token, rightAnswers)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("recovery.started")).toHaveLength(1);
    expect(await lettersOf(world, "recovery_started")).toHaveLength(2);
  });

  test("by another letter while a wait runs shows that wait, and begins no second one", async () => {
    const { world, owner, token } = await startedRecovery();
    world.moveClock(minutes(5));
    await askForRecovery(world, owner);
    const newer = linkIn(await drainMail(world.asSystem()), "recover/second-factor");
    expect(newer).not.toBe(token);
    expect(await viewRecovery(world.ctx, newer)).toMatchObject({ ok: true, value: { step: "wait" } });
    expect((await viewRecovery(world.ctx, token)).ok, "the letter it began with still shows it").toBe(true);
    expect(await startRecovery(world.ctx, newer, rightAnswers)).toEqual({ ok: false, error: "unusable" });
  });

  test("of an account that was locked meanwhile begins nothing", async () => {
    const { world, owner, token } = await askedForRecovery();
    await world.db.update(account).set({ status: "locked" }).where(eq(account.id, owner.id));
    expect(await viewRecovery(world.ctx, token)).toEqual({ ok: false, error: "locked" });
    expect(await startRecovery(world.ctx, token, rightAnswers)).toEqual({ ok: false, error: "unusable" });
  });
});

describe("the wait", () => {
  test("is not over a second early, and then gives one ticket, to the official mailbox alone", async () => {
    const { world, owner } = await startedRecovery();
    world.moveClock(hours(24));
    world.moveClock(seconds(-1));
    expect(await finishWaits(world.asSystem())).toBe(0);
    expect(await lettersOf(world, "enrolment")).toEqual([]);
    world.moveClock(seconds(1));
    const issued = await Promise.all(Array.from({ length: 10 }, () => finishWaits(world.asSystem())));
    expect(issued.reduce((a, b) => a + b)).toBe(1);
    expect(await finishWaits(world.asSystem())).toBe(0);
    expect(await lettersOf(world, "enrolment")).toMatchObject([{ to: owner.officialEmail }]);
    expect(await world.events("recovery.ready")).toHaveLength(1);
  });

  test("of an account that is suspended at its end goes on when that is over", async () => {
    const { world, owner } = await startedRecovery();
    await world.db
      .update(account)
      .set({ status: "suspended", suspendedFrom: "activated" })
      .where(eq(account.id, owner.id));
    world.moveClock(hours(30));
    expect(await finishWaits(world.asSystem())).toBe(0);
    await world.db.update(account).set({ status: "activated", suspendedFrom: null }).where(eq(account.id, owner.id));
    expect(await finishWaits(world.asSystem())).toBe(1);
  });

  test("whose ticket was not used in three days is over, and another may be begun", async () => {
    const { world, owner } = await startedRecovery();
    world.moveClock(hours(24));
    await finishWaits(world.asSystem());
    await drainMail(world.asSystem());
    world.moveClock(hours(72));
    await finishWaits(world.asSystem());
    expect((await world.events("recovery.cancelled")).map(({ data }) => data)).toMatchObject([{ how: "lapsed" }]);
    await askForRecovery(world, owner);
    const token = linkIn(await drainMail(world.asSystem()), "recover/second-factor");
    expect((await startRecovery(world.ctx, token, rightAnswers)).ok).toBe(true);
  });
});
