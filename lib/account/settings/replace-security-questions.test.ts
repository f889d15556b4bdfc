import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { replacementAnswer, securityAnswer } from "#db/schema/authenticators.ts";
import { verifySecret } from "#lib/authenticators/hashing.ts";
import { normaliseAnswer } from "#lib/authenticators/security-questions/check-answer.ts";
import { offeredQuestions } from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import {
  addReplacement,
  questionsStanding,
  removeReplacement,
  replacementsGiven,
  replaceSecurityQuestions,
} from "./replace-security-questions.ts";

const ANSWERS = ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"];

async function someone() {
  const world = await newWorld();
  const owner = await world.account();
  const here = await world.as(owner);
  const bank = (await offeredQuestions(world.ctx)).map(({ id }) => id);
  return { world, owner, here, bank };
}

async function answerThree(ctx: Context, bank: readonly string[], answers: readonly string[] = ANSWERS) {
  for (const [n, answer] of answers.entries())
    expect(await addReplacement(ctx, bank[n] ?? "", answer)).toEqual({ ok: true, value: null });
}

const inUse = (world: World) => world.db.select().from(securityAnswer);

describe("replacing the security questions", () => {
  test("changes nothing until there are three, and then all at once", async () => {
    const { world, here, bank } = await someone();
    await answerThree(here, bank);
    expect(await inUse(world)).toEqual([]);
    expect(await replaceSecurityQuestions(here)).toEqual({ ok: true, value: null });
    const first = await inUse(world);
    expect(first.map(({ questionId }) => questionId).toSorted()).toEqual(bank.slice(0, 3).toSorted());
    expect(await questionsStanding(here)).toEqual({ setAt: world.now(), heldUntil: null });

    await answerThree(here, bank.slice(3), ["Zirafah belang", "Perodua hijau", "Kampung Seberang"]);
    expect(await inUse(world)).toEqual(first);
    await replaceSecurityQuestions(here);
    const second = await inUse(world);
    expect(second.map(({ questionId }) => questionId).toSorted()).toEqual(bank.slice(3, 6).toSorted());
    expect(await world.db.select().from(replacementAnswer)).toEqual([]);
  });

  test("waits for 48 hours after a recovery, to the second; what was answered stays", async () => {
    const { world, owner, here, bank } = await someone();
    const recoveredAt = world.now();
    await world.db.update(accounts).set({ recoveredAt }).where(eq(accounts.id, owner.id));
    await answerThree(here, bank);
    expect(await replaceSecurityQuestions(here)).toEqual({ ok: false, error: "on_hold" });
    expect(await inUse(world)).toEqual([]);
    expect(await questionsStanding(here)).toEqual({ setAt: null, heldUntil: after(recoveredAt, hours(48)) });
    world.moveClock(seconds(48 * 3_600 - 1));
    const almost = await world.as(owner);
    await answerThree(almost, bank);
    expect(await replaceSecurityQuestions(almost)).toEqual({ ok: false, error: "on_hold" });
    world.moveClock(seconds(1));
    expect(await replaceSecurityQuestions(almost)).toEqual({ ok: true, value: null });
  });

  test("keeps hashes alone, and the trail and the letter say only that it was done", async () => {
    const { world, owner, here, bank } = await someone();
    await answerThree(here, bank);
    await replaceSecurityQuestions(here);
    const kept = await inUse(world);
    const answered = kept.find(({ questionId }) => questionId === bank[0]);
    expect(await verifySecret(answered?.hash ?? "", normaliseAnswer(ANSWERS[0] ?? ""))).toEqual({
      ok: true,
      value: true,
    });
    expect(await world.events("security_questions.replaced")).toMatchObject([{ accountId: owner.id, data: {} }]);
    expect(await world.mails()).toMatchObject([{ about: { change: "security_questions_replaced" } }]);
    expect(JSON.stringify([kept, await world.events(), await world.mails()])).not.toContain("Kancil");
  });

  test.each([
    ["a question that is not in the bank", "no-such", "Zirafah belang", "question_unknown"],
    ["what anybody would try", 1, "tiada", "answer_trivial"],
    ["an answer given already, however it is written", 1, "  MAK contoh sejati. ", "answer_repeated"],
    ["a question answered already", 0, "Zirafah belang", "question_taken"],
  ] as const)("refuses %s", async (_, question, answer, refusal) => {
    const { here, bank } = await someone();
    await addReplacement(here, bank[0] ?? "", ANSWERS[0] ?? "");
    const questionId = typeof question === "number" ? (bank[question] ?? "") : question;
    expect(await addReplacement(here, questionId, answer)).toEqual({ ok: false, error: refusal });
    expect(await replacementsGiven(here)).toHaveLength(1);
  });

  test("takes a question back, and wants three", async () => {
    const { here, bank } = await someone();
    await answerThree(here, bank);
    expect(await addReplacement(here, bank[5] ?? "", "Zirafah belang")).toEqual({
      ok: false,
      error: "enough_questions",
    });
    await removeReplacement(here, bank[1] ?? "");
    expect(await replaceSecurityQuestions(here)).toEqual({ ok: false, error: "questions_missing" });
  });

  test("needs a fresh proof, and keeps what was answered until there is one", async () => {
    const { world, here, bank } = await someone();
    await answerThree(here, bank);
    world.moveClock(minutes(11));
    expect(await replaceSecurityQuestions(here)).toEqual({ ok: false, error: "step_up" });
    expect(await inUse(world)).toEqual([]);
    expect(await replacementsGiven(here)).toHaveLength(3);
  });

  test("knows only what was answered in this very session", async () => {
    const { world, owner, here, bank } = await someone();
    await answerThree(here, bank);
    const elsewhere = await world.as(owner);
    expect(await replacementsGiven(elsewhere)).toEqual([]);
    expect(await replaceSecurityQuestions(elsewhere)).toEqual({ ok: false, error: "questions_missing" });
    expect(await addReplacement(world.ctx, bank[0] ?? "", "Zirafah belang")).toEqual({
      ok: false,
      error: "signed_out",
    });
    expect(await replaceSecurityQuestions(world.ctx)).toEqual({ ok: false, error: "signed_out" });
  });

  test("by two tabs at once never has more than three, nor one answer twice", async () => {
    const { here, bank } = await someone();
    await Promise.all(bank.slice(0, 6).map((id, n) => addReplacement(here, id, `Jawapan ke-${n} sahaja`)));
    expect(await replacementsGiven(here)).toHaveLength(3);
    await Promise.all((await replacementsGiven(here)).map(({ questionId }) => removeReplacement(here, questionId)));
    await Promise.all(bank.slice(0, 3).map((id) => addReplacement(here, id, "Zirafah belang")));
    expect(await replacementsGiven(here)).toHaveLength(1);
  });

  test("fifty times at once does it once", async () => {
    const { world, here, bank } = await someone();
    await answerThree(here, bank);
    const answers = await Promise.all(Array.from({ length: 50 }, () => replaceSecurityQuestions(here)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await inUse(world)).toHaveLength(3);
    expect(await world.events("security_questions.replaced")).toHaveLength(1);
  });
});
