import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { session } from "#db/schema/session.ts";
import { hours, minutes } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { type AccountWanted, newWorld, type World } from "#lib/testing/new-world.ts";
import { askForReset, newestReset } from "#lib/testing/recovery.ts";
import { addSecurityAnswers, answersWith, rightAnswers } from "#lib/testing/security-answers.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { viewLockLink } from "../lock/lock-by-letter.ts";
import { resetPassword } from "./reset-password.ts";
import { viewReset } from "./view-reset.ts";

const NEW = "Nasi-Lemak-Ikan-Bilis-4";
const WRONG = fixtureIdentity(9_999);

/** Somebody who asked for a new password and has the letter open. */
async function asked(wanted: AccountWanted = {}) {
  const world = await newWorld();
  const owner = await world.account({ password: GOOD_PASSWORD, ...wanted });
  await askForReset(world.ctx, owner);
  await drainMail(world.asSystem());
  const { token } = await newestReset(world.ctx, owner);
  const choose = (answers: Parameters<typeof resetPassword>[2]["answers"] = [], identity = owner.identity) =>
    resetPassword(world.ctx, token, { identity, answers }, NEW);
  return { world, owner, ctx: world.ctx, token, choose };
}

const changesTold = async (world: World) =>
  (await world.mails())
    .filter(({ kind }) => kind === "security_change")
    .map(({ to, about }) => [to, (about as { change: string }).change]);

describe("a forgotten password, chosen anew by the mailed link", () => {
  test("opens the account, ends every session, opens none, and says when it was recovered", async () => {
    const { world, owner, ctx, choose } = await asked();
    const here = await world.as(owner);
    expect(await choose()).toEqual({ ok: true, value: null });
    expect(await findSession(ctx, here.sessionToken)).toBeNull();
    expect(await world.db.select().from(session).where(sql`${session.endedAt} is null`)).toEqual([]);
    expect((await world.reload(owner)).recoveredAt).toEqual(world.now());
    expect((await signInWithPassword(ctx, owner, GOOD_PASSWORD)).ok).toBe(false);
    expect((await signInWithPassword(ctx, owner, NEW)).ok).toBe(true);
  });

  test("is told at every verified address", async () => {
    const { world, owner, choose } = await asked({ personalEmail: "peribadi@mail.example.com" });
    await world.db.update(account).set({ personalEmailVerifiedAt: world.now() }).where(eq(account.id, owner.id));
    await choose();
    expect((await changesTold(world)).toSorted()).toEqual([
      [owner.officialEmail, "password_reset"],
      ["peribadi@mail.example.com", "password_reset"],
    ]);
  });

  test("is told each time, so that whoever recovers it again and again leaves the owner a link that locks", async () => {
    const { world, owner } = await asked();
    for (let n = 0; n < 6; n++) {
      world.moveClock(minutes(1));
      await askForReset(
        n < 3 ? world.ctx : { ...world.ctx, request: { ...world.ctx.request, deviceToken: "known" } },
        owner,
      );
      await drainMail(world.asSystem());
      const { token } = await newestReset(world.ctx, owner);
      const proof = { identity: owner.identity, answers: [] };
      expect(await resetPassword(world.ctx, token, proof, `Nasi-Lemak-Ikan-Bilis-${n}`)).toMatchObject({ ok: true });
      expect(
        await signInWithPassword(world.asBrowser({ deviceToken: "known" }), owner, `Nasi-Lemak-Ikan-Bilis-${n}`),
      ).toMatchObject({ ok: true });
    }
    const mail = (await drainMail(world.asSystem())).findLast(({ subject }) => subject.includes("Kata laluan"));
    const lock = /\/lock\/([\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(await viewLockLink(world.ctx, lock)).toMatchObject({ ok: true, value: { sentAt: world.now() } });
  });

  test("changes nothing by opening the link, however often", async () => {
    const { world, owner, ctx, token } = await asked();
    const before = JSON.stringify([await world.reload(owner), await world.events()]);
    for (let n = 0; n < 3; n++)
      expect(await viewReset(ctx, token)).toMatchObject({ value: { fullName: owner.fullName, questions: [] } });
    expect(JSON.stringify([await world.reload(owner), await world.events()])).toBe(before);
  });

  test("happens once: the link opens nothing afterwards", async () => {
    const { ctx, token, choose } = await asked();
    await choose();
    expect(await choose()).toEqual({ ok: false, error: "done" });
    expect(await viewReset(ctx, token)).toEqual({ ok: false, error: "done" });
  });

  test("leaves alone who is signed in as somebody else in the same browser", async () => {
    const { world, owner, token } = await asked();
    const other = await world.account({ password: GOOD_PASSWORD });
    const here = await world.as(other);
    expect((await resetPassword(here, token, { identity: owner.identity, answers: [] }, NEW)).ok).toBe(true);
    expect(await findSession(here, here.sessionToken)).not.toBeNull();
    expect((await signInWithPassword(world.ctx, other, GOOD_PASSWORD)).ok).toBe(true);
    expect(await resetPassword(here, token, { identity: other.identity, answers: [] }, NEW)).toMatchObject({
      ok: false,
    });
  });

  test("needs the number: the mailbox alone gets five tries a day, over every letter", async () => {
    const { world, owner, ctx, choose } = await asked();
    for (let n = 0; n < 3; n++) expect(await choose([], WRONG)).toEqual({ ok: false, error: "identity_mismatch" });
    world.moveClock(minutes(2));
    await askForReset(ctx, owner);
    expect(await choose([], WRONG)).toEqual({ ok: false, error: "identity_mismatch" });
    await drainMail(world.asSystem());
    const newer = await newestReset(ctx, owner);
    expect(await resetPassword(ctx, newer.token, { identity: WRONG, answers: [] }, NEW)).toEqual({
      ok: false,
      error: "tries_used",
    });
    world.moveClock(minutes(61));
    await askForReset(ctx, owner);
    await drainMail(world.asSystem());
    const another = await newestReset(ctx, owner);
    const right = { identity: owner.identity, answers: [] };
    expect(await resetPassword(ctx, another.token, right, NEW)).toEqual({ ok: false, error: "tries_used" });
    // A day after the first letter, whatever was asked for since.
    world.moveClock(hours(23));
    await askForReset(ctx, owner);
    await drainMail(world.asSystem());
    expect((await resetPassword(ctx, (await newestReset(ctx, owner)).token, right, NEW)).ok).toBe(true);
  });

  test("opens nothing of an account that was suspended meanwhile", async () => {
    const { world, owner, ctx, token, choose } = await asked();
    await world.db
      .update(account)
      .set({ status: "suspended", suspendedFrom: "activated" })
      .where(eq(account.id, owner.id));
    expect(await viewReset(ctx, token)).toEqual({ ok: false, error: "not_possible" });
    expect(await choose()).toEqual({ ok: false, error: "not_possible" });
  });
});

describe("an enrolled second factor", () => {
  test("is asked for after it, though its owner had switched that off, and the owner is told", async () => {
    const { world, owner, ctx, choose } = await asked();
    await addTotp(ctx, owner.id, false);
    await choose();
    expect(await signInWithPassword(ctx, owner, NEW)).toMatchObject({ value: { step: "prove" } });
    expect(await world.events("two_factors.switched")).toMatchObject([{ accountId: owner.id, data: { on: true } }]);
    expect(await changesTold(world)).toContainEqual([owner.officialEmail, "two_factors_on"]);
  });

  test("that was always asked for is not told of again", async () => {
    const { world, owner, ctx, choose } = await asked();
    await addTotp(ctx, owner.id);
    await choose();
    expect(await world.events("two_factors.switched")).toEqual([]);
  });

  test("nobody has is not asked for", async () => {
    const { world, owner, choose } = await asked();
    await choose();
    expect((await world.reload(owner)).asksTwoFactors).toBe(false);
  });
});

describe("an account that its owner has locked", () => {
  async function locked(questions = true) {
    const set = await asked({ status: "locked" });
    if (questions) await addSecurityAnswers(set.ctx, set.owner.id);
    return set;
  }

  test("shows its questions, and two right answers unlock it", async () => {
    const { world, owner, ctx, token, choose } = await locked();
    expect(await viewReset(ctx, token)).toMatchObject({
      value: { questions: rightAnswers.map(({ questionId }) => ({ id: questionId })) },
    });
    expect(await choose(answersWith(2))).toEqual({ ok: true, value: null });
    expect(await world.reload(owner)).toMatchObject({ status: "activated", recoveredAt: world.now() });
    expect((await signInWithPassword(ctx, owner, NEW)).ok).toBe(true);
    expect(await world.events("account.unlocked")).toMatchObject([{ accountId: owner.id }]);
    expect(await changesTold(world)).toContainEqual([owner.officialEmail, "account_unlocked"]);
  });

  test("stays locked without them, for whoever has the mailbox and the number", async () => {
    const { world, owner, choose } = await locked();
    for (const answers of [[], answersWith(0), answersWith(1), rightAnswers.slice(0, 1)])
      expect(await choose(answers)).toEqual({ ok: false, error: "answers_mismatch" });
    expect((await world.reload(owner)).status).toBe("locked");
    expect((await world.events("password_reset.refused")).map(({ data }) => data)).toEqual(
      Array.from({ length: 4 }, () => ({ reason: "answers_mismatch" })),
    );
  });

  test("takes five sets of answers a day, however many come at once", async () => {
    const { world, owner, token, choose } = await locked();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        resetPassword(
          world.asBrowser({ ip: `203.0.113.${n}` }),
          token,
          { identity: owner.identity, answers: answersWith(1) },
          NEW,
        ),
      ),
    );
    expect(answers.filter((answer) => !answer.ok && answer.error === "answers_mismatch")).toHaveLength(5);
    expect(await choose(rightAnswers)).toEqual({ ok: false, error: "answer_tries_used" });
    expect((await world.reload(owner)).status).toBe("locked");
  });

  test("is left to the helpdesk where it has no questions", async () => {
    const { world, owner, ctx, token, choose } = await locked(false);
    expect(await viewReset(ctx, token)).toEqual({ ok: false, error: "no_questions" });
    expect(await choose(rightAnswers)).toMatchObject({ ok: false });
    expect((await world.reload(owner)).status).toBe("locked");
  });

  test("is not unlocked by many at once twice", async () => {
    const { world, owner, token } = await locked();
    const proof = { identity: owner.identity, answers: rightAnswers };
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        resetPassword(world.asBrowser({ ip: `203.0.113.${n}` }), token, proof, `Pilihan-Nombor-${n}-Itu!`),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("account.unlocked")).toHaveLength(1);
  });
});
