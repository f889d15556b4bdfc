import { expect, test } from "vitest";
import { fixturePerson } from "#lib/testing/identities.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { hashSecret } from "../hashing.ts";
import { normaliseAnswer } from "../security-questions/check-answer.ts";
import { checkPhrase, isTheirSecret } from "./check-phrase.ts";
import { sealPhrase, unsealPhrase } from "./seal-phrase.ts";

const person = {
  ...fixturePerson(0),
  fullName: "Aisyah binti Contoh",
  officialEmail: "pegawai.nol@contoh.example.gov.my",
};

test.each([
  ["teh tarik tepi tasik", "teh tarik tepi tasik"],
  ["  teh   tarik  ", "teh tarik"],
  ["Café Melaka", "Caf\u00e9 Melaka"],
  ["D'Laksa Pulau Pinang 7", "D'Laksa Pulau Pinang 7"],
  ["கடல் காற்று", "கடல் காற்று"],
  ["青山綠水", "青山綠水"],
  ["ombak".padEnd(80, " biru"), "ombak".padEnd(80, " biru")],
])("%j is a phrase, kept as %j", (phrase, kept) => {
  expect(checkPhrase(phrase, person)).toEqual({ ok: true, value: kept });
});

test.each([
  ["teh", "phrase_too_short"],
  ["t  h", "phrase_too_short"],
  ["    ", "phrase_too_short"],
  ["laut ".repeat(17), "phrase_too_long"],
  ["aaaa", "phrase_simple"],
  ["aa aa bb", "phrase_simple"],
  ["12345678", "phrase_simple"],
  ["qwerty", "phrase_simple"],
  ["....!!!!", "phrase_simple"],
  ["rumah Aisyah", "phrase_personal"],
  ["rumah A1syah", "phrase_personal"],
  ["pegawai yang rajin", "phrase_personal"],
  ["lahir 600101", "phrase_personal"],
  ["Laut-Biru-Ombak-7", "phrase_like_password"],
  ["teh\u202etarik", "bidi_override"],
  ["teh\u200btarik", "invisible_characters"],
  ["teh\ntarik", "control_characters"],
])("%j is refused: %s", (phrase, refusal) => {
  expect(checkPhrase(phrase, person)).toEqual({ ok: false, error: refusal });
});

test("words with spaces are no password, even with every class of signs", () => {
  expect(checkPhrase("Laut Biru, ombak 7", person).ok).toBe(true);
});

test("a phrase that is the password or an answer is noticed, however it is spelt as an answer", async () => {
  const hashed = async (secret: string) => {
    const hash = await hashSecret(secret);
    if (!hash.ok) throw new Error(hash.error);
    return hash.value;
  };
  const hashes = {
    password: await hashed("kereta api lama sekali"),
    answers: [await hashed(normaliseAnswer("SK Seri Contoh")), await hashed(normaliseAnswer("Kancil merah"))],
  };
  expect(await isTheirSecret("kereta api lama sekali", hashes)).toEqual({ ok: true, value: true });
  expect(await isTheirSecret("kancil  MERAH", hashes)).toEqual({ ok: true, value: true });
  expect(await isTheirSecret("teh tarik tepi tasik", hashes)).toEqual({ ok: true, value: false });
  expect(await isTheirSecret("teh tarik", { password: null, answers: [] })).toEqual({ ok: true, value: false });
});

test("a sealed phrase opens for its own account alone", async () => {
  const { ctx } = await newWorld();
  const sealed = sealPhrase(ctx, "one", "teh tarik tepi tasik");
  expect(sealed).not.toContain("tarik");
  expect(unsealPhrase(ctx, "one", sealed)).toBe("teh tarik tepi tasik");
  expect(() => unsealPhrase(ctx, "other", sealed)).toThrow();
});
