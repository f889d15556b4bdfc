import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { callerCheck } from "#db/schema/helpdesk.ts";
import { verifyAnswers } from "#lib/authenticators/security-questions/verify-answers.ts";
import { newCounterpart, newSpokenCode } from "#lib/kernel/caller-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { days, minutes, seconds } from "#lib/kernel/time.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addSecurityAnswers, answersWith, rightAnswers } from "#lib/testing/security-answers.ts";
import { reason } from "#lib/testing/two-officers.ts";
import { answerCall, mailCounterpart, refuseCall, viewCall } from "./answer-call.ts";
import { askQuestion, judgeAnswer } from "./ask-question.ts";
import { callerVerified } from "./caller-verified.ts";
import { confirmCounterpart } from "./confirm-counterpart.ts";
import { confirmPresence } from "./confirm-presence.ts";
import { startCodes } from "./start-check.ts";
import { viewCallerCheck } from "./view-caller-check.ts";

const ok = { ok: true, value: null };
const refused = (error: string) => expect.objectContaining({ ok: false, error });

/** An officer has begun a check by codes: what they read out, and what would be right to hear back. */
async function begun() {
  const world = await newWorld();
  const owner = await world.account();
  const officer = await world.officer("helpdesk");
  return { world, owner, officer, ...(await start(world, officer.ctx, owner.id)) };
}

async function start(world: World, officer: Context, accountId: string) {
  const started = await startCodes(officer, accountId);
  if (!started.ok) throw new Error(`The check did not start: ${started.error}`);
  const { checkId } = started.value;
  return { checkId, spoken: newSpokenCode(world.ctx.keys, checkId), right: newCounterpart(world.ctx.keys, checkId) };
}

const wrongOf = (right: string): string => (right === "000000" ? "000001" : "000000");
const reasons = async (world: World) =>
  (await world.events("caller_check.refused")).map(({ data }) => (data as { reason: string }).reason);

describe("a check by codes", () => {
  test("passes with what the owner sees who is signed in, for that officer and 15 minutes", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    const shown = await answerCall(await world.as(owner), spoken);
    expect(shown).toMatchObject({
      ok: true,
      value: { officeName: "Ibu Pejabat", officerName: officer.account.fullName, counterpart: right },
    });
    expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(false);
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(ok);
    expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(true);

    const colleague = await world.officer("helpdesk");
    expect(await callerVerified(world.db, colleague.ctx, owner.id), "for nobody else").toBe(false);
    expect(await callerVerified(world.db, officer.ctx, (await world.account()).id), "for no other account").toBe(false);
    world.moveClock(minutes(15));
    world.moveClock(seconds(-1));
    expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(true);
    world.moveClock(seconds(1));
    expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(false);
  });

  test("passes by nothing as long as the caller has not answered, not even by the right code", async () => {
    const { world, owner, officer, right } = await begun();
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_answered"));
    expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(false);
  });

  test("tells whoever is not signed in that the officer is real and of which office, and nothing else", async () => {
    const { world, spoken } = await begun();
    expect(await answerCall(world.ctx, spoken)).toMatchObject({
      ok: true,
      value: { officeName: "Ibu Pejabat", officerName: null, counterpart: null, mailed: false },
    });
    expect(await world.mails()).toEqual([]);
    expect(await world.events("caller_check.answered")).toEqual([]);
  });

  test("lets its officer see that the caller typed the code, which by itself lets nobody be verified", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    const inHand = async () => (await viewCallerCheck(officer.ctx, officer.account.id, owner.id)).inHand;
    expect(await inHand()).toMatchObject({ state: "started", answeredBy: null });
    await answerCall(world.ctx, spoken);
    expect(await inHand()).toMatchObject({ state: "typed", answeredBy: null });
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_answered"));
    await answerCall(await world.as(owner), spoken);
    expect(await inHand()).toMatchObject({ state: "answered", answeredBy: "session" });
  });

  test("who only heard the spoken code verifies nobody: the other one goes to the official mailbox alone", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    await answerCall(world.ctx, spoken);
    expect(await mailCounterpart(world.ctx, spoken)).toEqual(ok);
    expect(await answerCall(world.ctx, spoken)).toMatchObject({ value: { counterpart: null, mailed: true } });
    expect(await confirmCounterpart(officer.ctx, owner.id, spoken)).toEqual(refused("code_mismatch"));
    const mails = await drainMail(world.asSystem());
    expect(mails.map(({ to }) => to)).toEqual([owner.officialEmail]);
    expect(mails[0]?.text).toContain(right);
    expect(mails[0]?.text).not.toContain(spoken);
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(ok);
  });

  test("mails once, however many press at once", async () => {
    const { world, spoken } = await begun();
    const pressed = await Promise.all(
      Array.from({ length: 10 }, (_, n) => mailCounterpart(world.asBrowser({ ip: `198.51.100.${n}` }), spoken)),
    );
    expect(pressed.every((one) => one.ok)).toBe(true);
    expect(await world.mails()).toHaveLength(1);
  });

  test("mails nothing to a mailbox that nobody has proven, and no more than any letter", async () => {
    const { world, owner, officer, spoken } = await begun();
    expect(await mailCounterpart(world.ctx, spoken)).toEqual(ok);
    const again = await start(world, officer.ctx, owner.id);
    expect(await mailCounterpart(world.ctx, again.spoken)).toEqual(refused("throttled"));
    const newcomer = await world.account({ status: "registered" });
    const third = await start(world, officer.ctx, newcomer.id);
    expect(await mailCounterpart(world.ctx, third.spoken)).toEqual(refused("mailbox_unverified"));
  });

  test("tells nothing where another account is signed in, and does not count as answered", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    const other = await world.as(await world.account());
    expect(await answerCall(other, spoken)).toEqual({ ok: false, error: "code_mismatch" });
    expect(await viewCall(other, spoken)).toBeNull();
    expect(await mailCounterpart(other, spoken)).toEqual(refused("code_mismatch"));
    expect(await refuseCall(other, spoken)).toEqual(refused("code_mismatch"));
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_answered"));
    expect(await reasons(world)).toEqual(["other_account", "other_account"]);
  });

  test("is over after five wrong codes, of any number at once, and the right one then opens nothing", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    await answerCall(await world.as(owner), spoken);
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => confirmCounterpart(officer.ctx, owner.id, wrongOf(right))),
    );
    expect(tries.filter((one) => !one.ok && one.error === "code_mismatch")).toHaveLength(4);
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("tries_used"));
    const [row] = await world.db.select().from(callerCheck);
    expect(row).toMatchObject({ tries: 5, verifiedAt: null });
  });

  test("is over after ten minutes to the second, for both sides", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    world.moveClock(minutes(10));
    world.moveClock(seconds(-1));
    const here = await world.as(owner);
    expect(await answerCall(here, spoken)).toMatchObject({ ok: true });
    world.moveClock(seconds(1));
    expect(await answerCall(here, spoken)).toEqual(refused("code_mismatch"));
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_started"));
    expect(await reasons(world)).toContain("expired");
  });

  test("is over where its officer begins another", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    await answerCall(await world.as(owner), spoken);
    const next = await start(world, officer.ctx, owner.id);
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_answered"));
    expect(await answerCall(await world.as(owner), spoken)).toEqual(refused("code_mismatch"));
    expect(next.spoken).not.toBe(spoken);
  });

  test("is over where the owner says that they are on no telephone", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    const here = await world.as(owner);
    await answerCall(here, spoken);
    expect(await refuseCall(here, spoken)).toEqual(ok);
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_started"));
    expect(await reasons(world)).toEqual(["disowned"]);
  });

  test("passes once: what was heard opens nothing later", async () => {
    const { world, owner, officer, spoken, right } = await begun();
    await answerCall(await world.as(owner), spoken);
    await confirmCounterpart(officer.ctx, owner.id, right);
    expect(await answerCall(await world.as(owner), spoken)).toEqual(refused("code_mismatch"));
    world.moveClock(minutes(16));
    expect(await confirmCounterpart(officer.ctx, owner.id, right)).toEqual(refused("not_started"));
  });

  test("wrong codes count as failed tries of the address", async () => {
    const { world, spoken } = await begun();
    for (let n = 0; n < 20; n++)
      expect(await answerCall(world.ctx, wrongOf(spoken))).toMatchObject({ error: "code_mismatch" });
    expect(await answerCall(world.ctx, spoken)).toMatchObject({ error: "too_many", retryAfterSeconds: 60 });
    expect(await mailCounterpart(world.ctx, spoken)).toMatchObject({ error: "too_many" });
  });

  test("is not begun on an account of another office, by staff, or on somebody of the officer's own rank", async () => {
    const { world, owner } = await begun();
    const elsewhere = await world.officer("sa", { officeId: (await world.anotherOffice()).id });
    expect(await startCodes(elsewhere.ctx, owner.id)).toEqual(refused("not_found"));
    expect(await startCodes(await world.as(await world.account()), owner.id)).toEqual(refused("not_found"));
    const [one, two] = [await world.officer("helpdesk"), await world.officer("helpdesk")];
    expect(await startCodes(one.ctx, two.account.id)).toEqual(refused("outranked"));
    for (const act of [
      confirmCounterpart(elsewhere.ctx, owner.id, "000000"),
      judgeAnswer(elsewhere.ctx, owner.id, "-"),
    ])
      expect(await act).toEqual(refused("not_found"));
    expect(await confirmPresence(elsewhere.ctx, owner.id, reason)).toEqual(refused("not_found"));
  });
});

describe("a check by a security question", () => {
  const asked = async () => {
    const world = await newWorld();
    const owner = await world.account();
    await addSecurityAnswers(world.ctx, owner.id);
    const officer = await world.officer("helpdesk");
    const question = async (by = officer.ctx) => {
      world.moveClock(seconds(1));
      const chosen = await askQuestion(by, owner.id);
      if (!chosen.ok) throw new Error(chosen.error);
      const [row] = await world.db.select().from(callerCheck).where(eq(callerCheck.id, chosen.value.checkId));
      const answer = rightAnswers.find(({ questionId }) => questionId === row?.questionId)?.answer ?? "";
      return { questionId: row?.questionId, answer };
    };
    return { world, owner, officer, question };
  };

  test("passes with the right answer, as it is spoken", async () => {
    const { world, owner, officer, question } = await asked();
    const { answer } = await question();
    expect(await judgeAnswer(officer.ctx, owner.id, `  ${answer.toUpperCase()}. `)).toEqual(ok);
    expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(true);
  });

  test("asks the same question until it was answered right, whoever asks", async () => {
    const { world, owner, officer, question } = await asked();
    const first = await question();
    const colleague = await world.officer("sa");
    for (let n = 0; n < 6; n++)
      expect((await question(n % 2 ? colleague.ctx : officer.ctx)).questionId).toBe(first.questionId);
    expect(await judgeAnswer(officer.ctx, owner.id, "bukan itu")).toEqual(refused("answer_mismatch"));
    expect((await question()).questionId).toBe(first.questionId);
    expect(await judgeAnswer(officer.ctx, owner.id, first.answer)).toEqual(ok);
    const next = new Set<string | null | undefined>();
    for (let n = 0; n < 20 && next.size < 2; n++) {
      const { questionId, answer } = await question();
      next.add(questionId);
      expect(await judgeAnswer(officer.ctx, owner.id, answer)).toEqual(ok);
    }
    expect(next.size, "by chance").toBeGreaterThan(1);
  });

  test("takes the answer to no other question", async () => {
    const { owner, officer, question } = await asked();
    const { questionId } = await question();
    const other = rightAnswers.find((one) => one.questionId !== questionId);
    expect(await judgeAnswer(officer.ctx, owner.id, other?.answer ?? "")).toEqual(refused("answer_mismatch"));
  });

  test("looks at five wrong answers a day, together with those of recoveries", async () => {
    const { world, owner, officer, question } = await asked();
    for (let n = 0; n < 2; n++) await verifyAnswers(world.ctx, owner.id, answersWith(0));
    const { answer } = await question();
    for (let n = 0; n < 3; n++)
      expect(await judgeAnswer(officer.ctx, owner.id, "bukan itu")).toEqual(refused("answer_mismatch"));
    expect(await judgeAnswer(officer.ctx, owner.id, answer)).toEqual(refused("tries_used"));
    expect(await verifyAnswers(world.ctx, owner.id, rightAnswers)).toEqual(refused("tries_used"));
    world.moveClock(days(1));
    const tomorrow = await world.as(officer.account, ["password", "totp"]);
    await question(tomorrow);
    expect(await judgeAnswer(tomorrow, owner.id, answer)).toEqual(ok);
  });

  test("of an account without questions asks none", async () => {
    const world = await newWorld();
    const officer = await world.officer("helpdesk");
    expect(await askQuestion(officer.ctx, (await world.account()).id)).toEqual(refused("no_questions"));
  });

  test("a question that its owner has replaced is asked no more", async () => {
    const { world, question } = await asked();
    const first = await question();
    await world.db.delete(securityAnswer).where(eq(securityAnswer.questionId, first.questionId ?? ""));
    expect((await question()).questionId).not.toBe(first.questionId);
  });
});

test("whoever stands at the counter is checked by their document, with the officer's name and reason", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "locked" });
  const officer = await world.officer("helpdesk");
  expect(await confirmPresence(officer.ctx, owner.id, reason)).toEqual(ok);
  expect(await callerVerified(world.db, officer.ctx, owner.id)).toBe(true);
  expect(await world.events("caller_check.passed")).toMatchObject([
    { accountId: owner.id, actorId: officer.account.id, data: { kind: "presence" } },
  ]);
});

test("no code lies in the database, only keyed digests of it", async () => {
  const { world, owner, spoken, right } = await begun();
  await answerCall(await world.as(owner), spoken);
  const kept = JSON.stringify([await world.db.select().from(callerCheck), await world.events()]);
  expect(kept).not.toContain(spoken);
  expect(kept).not.toContain(right);
  expect((await world.db.select().from(accounts)).length).toBeGreaterThan(0);
});
