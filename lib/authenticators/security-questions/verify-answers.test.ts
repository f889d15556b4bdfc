import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { securityQuestion } from "#db/schema/authenticators.ts";
import { hours } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addSecurityAnswers, answersWith, rightAnswers } from "#lib/testing/security-answers.ts";
import { questionsOf, verifyAnswers } from "./verify-answers.ts";

async function answered() {
  const world = await newWorld();
  const owner = await world.account();
  await addSecurityAnswers(world.ctx, owner.id);
  return { world, owner, verify: (right: number) => verifyAnswers(world.ctx, owner.id, answersWith(right)) };
}

const mismatch = { ok: false, error: "answers_mismatch" };

describe("the security answers of an account", () => {
  test("are asked in a fixed order, a question that was retired too", async () => {
    const { world, owner } = await answered();
    await world.db
      .update(securityQuestion)
      .set({ retiredAt: world.now() })
      .where(eq(securityQuestion.id, rightAnswers[0]?.questionId ?? ""));
    const asked = await questionsOf(world.ctx, owner.id);
    expect(asked.map(({ id }) => id)).toEqual(rightAnswers.map(({ questionId }) => questionId));
    expect(asked[0]).toMatchObject({ textMs: expect.any(String), textEn: expect.any(String) });
    expect(await questionsOf(world.ctx, crypto.randomUUID())).toEqual([]);
  });

  test("are right with two of three, however they are written, and wrong with one", async () => {
    const { world, owner, verify } = await answered();
    expect(await verify(3)).toEqual({ ok: true, value: null });
    expect(await verify(2)).toEqual({ ok: true, value: null });
    expect(await verify(1)).toEqual(mismatch);
    const shouted = rightAnswers.map((one) => ({ ...one, answer: `  ${one.answer.toUpperCase()}. ` }));
    expect((await verifyAnswers(world.ctx, owner.id, shouted)).ok).toBe(true);
  });

  test("are not right by one answer given twice, in another's place, or to a question of somebody else's", async () => {
    const { world, owner } = await answered();
    const [one, two] = rightAnswers;
    if (!one || !two) throw new Error("There are three");
    const crossed = [
      { questionId: one.questionId, answer: two.answer },
      { questionId: two.questionId, answer: one.answer },
    ];
    for (const tried of [[one, one, one], crossed, [one, { questionId: "first_pet", answer: two.answer }], []])
      expect(await verifyAnswers(world.ctx, owner.id, tried)).toEqual(mismatch);
  });

  test("an empty answer is no answer, and an account without any has no right one", async () => {
    const { world, owner } = await answered();
    const empty = rightAnswers.map((one, n) => (n === 0 ? one : { ...one, answer: " … " }));
    expect(await verifyAnswers(world.ctx, owner.id, empty)).toEqual(mismatch);
    const without = await world.account();
    expect(await verifyAnswers(world.ctx, without.id, rightAnswers)).toEqual(mismatch);
  });
});

describe("tries at the answers", () => {
  test("are five a day, of any number at once, and the right ones open nothing beyond them", async () => {
    const { world, verify } = await answered();
    const answers = await Promise.all(Array.from({ length: 12 }, () => verify(1)));
    const refused = answers.map((one) => (one.ok ? "ok" : one.error));
    expect(refused.filter((why) => why === "answers_mismatch")).toHaveLength(5);
    expect(refused.filter((why) => why === "tries_used")).toHaveLength(7);
    expect(await verify(3)).toEqual({ ok: false, error: "tries_used" });
    world.moveClock(hours(23));
    expect(await verify(3)).toEqual({ ok: false, error: "tries_used" });
    world.moveClock(hours(1));
    expect((await verify(3)).ok).toBe(true);
  });

  test("are not used up by right ones, nor by those at another account", async () => {
    const { world, verify } = await answered();
    for (let n = 0; n < 7; n++) expect((await verify(2)).ok).toBe(true);
    const other = await world.account();
    await addSecurityAnswers(world.ctx, other.id);
    for (let n = 0; n < 6; n++) await verifyAnswers(world.ctx, other.id, answersWith(0));
    expect((await verify(2)).ok).toBe(true);
  });
});
