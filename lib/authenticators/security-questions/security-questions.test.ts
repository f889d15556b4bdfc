import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { securityQuestion } from "#db/schema/authenticators.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { hashSecret } from "../hashing.ts";
import { questionBank, seedQuestionBank } from "./bank.ts";
import { checkAnswer, isRepeatedAnswer, normaliseAnswer } from "./check-answer.ts";

const person = {
  fullName: "Nur Aisyah binti Contoh",
  officialEmail: "pegawai.satu@contoh.example.gov.my",
  identity: { number: "900101140000" },
};
const [mother, school, car] = questionBank;
const check = (answer: string, question: { textMs: string; textEn: string } = mother) =>
  checkAnswer(question, answer, person);

describe("an answer", () => {
  test.each([
    ["Siti Teladan", "siti teladan"],
    ["  SITI\u00a0  TELADAN. ", "siti teladan"],
    ["ＳＩＴＩ", "siti"],
    ["“Siti”", "siti"],
    ["Ng", "ng"],
    ["Myvi 1.3", "myvi 1.3"],
    ["SK (1) Bandar", "sk (1) bandar"],
    ["Straße", "strasse"],
    ["D\u2019Contoh", "d'contoh"],
    ["陳", null],
    ["陳美", "陳美"],
    ["Siti 😀", "siti"],
    ["😀🌧", null],
    ["1998", "1998"],
  ])("%j is kept as %j", (typed, normal) => {
    expect(check(typed)).toEqual(
      normal === null ? { ok: false, error: "answer_too_short" } : { ok: true, value: normal },
    );
    if (normal !== null) expect(normaliseAnswer(normal)).toBe(normal);
  });

  test.each([
    ["answer_too_short", ""],
    ["answer_too_short", "a"],
    ["answer_too_short", "..."],
    ["answer_too_long", "kata ".repeat(30)],
    ["answer_too_long", "a".repeat(1_000_000)],
    ["answer_trivial", "tiada"],
    ["answer_trivial", "TIADA!"],
    ["answer_trivial", "Tidak  tahu"],
    ["answer_trivial", "saya tidak tahu"],
    ["answer_trivial", "saya lupa"],
    ["answer_trivial", "n/a"],
    ["answer_trivial", "I don't know"],
    ["answer_trivial", "none."],
    ["answer_trivial", "saya"],
    ["answer_trivial", "abc"],
    ["answer_trivial", "12345"],
    ["answer_trivial", "54321"],
    ["answer_trivial", "1 2 3 4"],
    ["answer_trivial", "qwerty"],
    ["answer_trivial", "aaaa"],
    ["answer_trivial", "xx"],
    ["answer_from_question", "nama ibu"],
    ["answer_from_question", "My mother’s name"],
    ["answer_from_question", "nama ibu saya"],
    ["answer_personal", "Aisyah"],
    ["answer_personal", "contoh"],
    ["answer_personal", "Nur Aisyah Contoh"],
    ["answer_personal", "Aisyah binti Contoh"],
    ["answer_personal", "pegawai"],
    ["answer_personal", "pegawai.satu@contoh.example.gov.my"],
    ["answer_personal", "900101-14-0000"],
    ["answer_personal", "900101"],
    ["answer_personal", "01/01/1990"],
    ["answer_personal", "140000"],
  ])("is refused as %s: %j", (error, typed) => expect(check(typed)).toEqual({ ok: false, error }));

  test("may share a word with the person's name, and with the question", () => {
    for (const typed of ["Siti Contoh", "Aminah Aisyah", "Ibu Zainab"]) expect(check(typed).ok).toBe(true);
    expect(check("Sekolah Contoh Pertama Melur", school).ok).toBe(true);
    expect(check("kereta pertama", car)).toEqual({ ok: false, error: "answer_from_question" });
  });
});

test("the same answer given to another question is known again, however it is typed", async () => {
  const hashes = await Promise.all(
    ["siti teladan", "sk melur"].map(async (answer) => {
      const hashed = await hashSecret(normaliseAnswer(answer));
      return hashed.ok ? hashed.value : "";
    }),
  );
  expect(await isRepeatedAnswer("  SK  MELUR ", hashes)).toEqual({ ok: true, value: true });
  expect(await isRepeatedAnswer("SK Mawar", hashes)).toEqual({ ok: true, value: false });
  expect(await isRepeatedAnswer("SK Mawar", [])).toEqual({ ok: true, value: false });
});

describe("the bank", () => {
  test("has at least fourteen different questions in both languages, the known ones first", () => {
    expect(questionBank.length).toBeGreaterThanOrEqual(14);
    expect(questionBank.slice(0, 3).map((question) => question.textMs)).toEqual([
      "Nama ibu?",
      "Nama sekolah pertama anda?",
      "Kereta pertama anda?",
    ]);
    for (const key of ["id", "textMs", "textEn"] as const)
      expect(new Set(questionBank.map((question) => question[key])).size).toBe(questionBank.length);
    for (const { id, textMs, textEn } of questionBank) {
      expect(id).toMatch(/^[a-z_]+$/);
      expect(`${textMs}${textEn}`).toMatch(/^[^?]+\?[^?]+\?$/);
    }
  });

  test("is filled once, and leaves alone what an administrator has changed", async () => {
    const { db } = await newWorld();
    await seedQuestionBank(db);
    await db.update(securityQuestion).set({ textMs: "Nama emak?" }).where(eq(securityQuestion.id, "mother_name"));
    await Promise.all([seedQuestionBank(db), seedQuestionBank(db)]);
    const rows = await db.query.securityQuestion.findMany();
    expect(rows).toHaveLength(questionBank.length);
    expect(rows.find((row) => row.id === "mother_name")?.textMs).toBe("Nama emak?");
  });
});
