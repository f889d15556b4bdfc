import fs from "node:fs";
import { expect, test } from "vitest";
import { guideNames, STEPS, wordsOf } from "#app/(public)/guide/guides.ts";
import { PICTURE, pictureOf } from "#app/(public)/guide/pictures.ts";
import { languages } from "#lib/text/languages.ts";
import { messages } from "#lib/text/messages.ts";
import pictured from "./pictured.json" with { type: "json" };

const named = languages.flatMap((language) =>
  guideNames.flatMap((guide) =>
    STEPS.map((step) => ({ language, guide, step, file: pictureOf(guide, step, language) })),
  ),
);
const KILOBYTES_AT_MOST = 40;

test("every step of every guide has its picture in both languages, and there is no picture besides", () => {
  const there = fs.readdirSync("public/guide").map((file) => `/guide/${file}`);
  expect(there.sort()).toEqual(named.map(({ file }) => file).sort());
});

test("every picture has the size that the page says, at two dots a pixel, and is small", () => {
  for (const { file } of named) {
    const png = fs.readFileSync(`public${file}`);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)], file).toEqual([2 * PICTURE.width, 2 * PICTURE.height]);
    expect(png.length / 1_000, file).toBeLessThan(KILOBYTES_AT_MOST);
  }
});

test("what a picture marks is still called so by the portal, and by the words beside the picture", () => {
  const said = Object.fromEntries(languages.map((language) => [language, new Set(wordsIn(messages[language]))]));
  for (const { file, guide, step, language } of named) {
    const name = pictured[file as keyof typeof pictured];
    expect(name, `${file}: run npm run screens -- guides`).toBeDefined();
    if (name === null) continue;
    expect(said[language], `${file} shows “${name}”: run npm run screens -- guides`).toContain(name);
    const { text } = wordsOf(messages[language])[guide].steps[step];
    expect(text.replace(/<.*?>/g, ""), `${file} shows “${name}”`).toContain(name);
  }
});

/** Every text, and what stands within its tags. */
function wordsIn(words: unknown): string[] {
  if (typeof words === "string")
    return [words, ...[...words.matchAll(/<(\w+)>(.+?)<\/\1>/g)].map(([, , inner]) => inner ?? "")];
  return Object.values(words as object).flatMap(wordsIn);
}
