import { beforeEach, describe, expect, test } from "vitest";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { offeredQuestions } from "#lib/authenticators/security-questions/choose-questions.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addQuestion, FEWEST_QUESTIONS, retireQuestion, rewordQuestion } from "./change-questions.ts";
import { listQuestions } from "./list-questions.ts";
import { parseQuestion } from "./parse-question.ts";

let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
});

const wanted = { textMs: "Apakah nama sungai di kampung anda?", textEn: "Which river runs through your village?" };
const refused = (error: string) => ({ ok: false, error });

async function added(): Promise<string> {
  const outcome = await addQuestion(administrator.ctx, wanted);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value.questionId;
}

const answer = async (questionId: string) =>
  world.db
    .insert(securityAnswer)
    .values({ accountId: (await world.account()).id, questionId, hash: "x", setAt: world.now() });

describe("a question", () => {
  test("that is added is offered at once, and recorded", async () => {
    const questionId = await added();
    expect(await offeredQuestions(world.ctx)).toContainEqual({ id: questionId, ...wanted });
    expect(await world.events("setting.changed")).toMatchObject([
      { data: { setting: "question.added", subject: questionId, before: null, after: wanted } },
    ]);
  });

  test("is not asked twice, whatever its case and marks, of twelve who add it at once either", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => addQuestion(administrator.ctx, { ...wanted, textMs: "  NAMA ibu " })),
    );
    expect(outcomes).toEqual(outcomes.map(() => refused("question_there")));
    const fresh = await Promise.all(Array.from({ length: 12 }, () => addQuestion(administrator.ctx, wanted)));
    expect(fresh.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("gets other words as long as nobody has answered it: as a new one, so that no answer meets other words", async () => {
    const questionId = await added();
    const better = { ...wanted, textEn: "Which river is nearest to your village?" };
    const outcome = await rewordQuestion(administrator.ctx, questionId, better, wanted);
    expect(outcome).toMatchObject({ ok: true });
    const offered = await offeredQuestions(world.ctx);
    expect(offered.map(({ id }) => id)).not.toContain(questionId);
    expect(offered.filter(({ textMs }) => textMs === wanted.textMs)).toMatchObject([{ textEn: better.textEn }]);
    expect((await listQuestions(world.ctx)).map(({ id }) => id)).not.toContain(questionId);
    expect(await rewordQuestion(administrator.ctx, questionId, wanted, better)).toEqual(refused("changed_meanwhile"));
  });

  test("keeps its words once somebody has answered it", async () => {
    const questionId = await added();
    await answer(questionId);
    const other = { ...wanted, textEn: "Another?" };
    expect(await rewordQuestion(administrator.ctx, questionId, other, wanted)).toEqual(refused("question_answered"));
    expect(await listQuestions(world.ctx)).toContainEqual({
      id: questionId,
      ...wanted,
      retired: false,
      answered: true,
    });
  });

  test("that was answered while it was reworded stays in sight", async () => {
    const questionId = await added();
    await rewordQuestion(administrator.ctx, questionId, { ...wanted, textEn: "Another?" }, wanted);
    await answer(questionId);
    expect(await listQuestions(world.ctx)).toContainEqual({ id: questionId, ...wanted, retired: true, answered: true });
  });

  test("that is retired is offered to nobody, and may be offered again", async () => {
    const questionId = await added();
    const done = { ok: true, value: null };
    expect(await retireQuestion(administrator.ctx, questionId, true)).toEqual(done);
    expect(await retireQuestion(administrator.ctx, questionId, true)).toEqual(done);
    expect((await offeredQuestions(world.ctx)).map(({ id }) => id)).not.toContain(questionId);
    expect(await retireQuestion(administrator.ctx, questionId, false)).toEqual(done);
    expect((await offeredQuestions(world.ctx)).map(({ id }) => id)).toContain(questionId);
    expect(await world.events("setting.changed")).toHaveLength(3);
  });
});

test("as many stay on offer as give a choice, however many are retired at once", async () => {
  const bank = await offeredQuestions(world.ctx);
  const outcomes = await Promise.all(bank.map(({ id }) => retireQuestion(administrator.ctx, id, true)));
  expect(outcomes.filter(({ ok }) => !ok)).toHaveLength(FEWEST_QUESTIONS);
  expect(outcomes).toContainEqual(refused("too_few_questions"));
  expect(await offeredQuestions(world.ctx)).toHaveLength(FEWEST_QUESTIONS);
});

test("what is no question, or no administrator's to change, is not found", async () => {
  expect(await retireQuestion(administrator.ctx, "none", true)).toEqual(refused("not_found"));
  const { ctx } = await world.officer("auditor");
  expect(await addQuestion(ctx, wanted)).toEqual(refused("not_found"));
  expect(await retireQuestion(ctx, "mother_name", true)).toEqual(refused("not_found"));
});

test("the form of a question wants both languages, and ends it with a question mark", () => {
  const form = new FormData();
  form.set("textMs", "Apakah nama sungai itu");
  expect(parseQuestion(form)).toEqual({ ok: false, errors: { textEn: "question_missing" } });
  form.set("textEn", "Which river?");
  expect(parseQuestion(form)).toEqual({
    ok: true,
    value: { textMs: "Apakah nama sungai itu?", textEn: "Which river?" },
  });
  form.set("textEn", "x".repeat(121));
  expect(parseQuestion(form)).toEqual({ ok: false, errors: { textEn: "question_long" } });
});
