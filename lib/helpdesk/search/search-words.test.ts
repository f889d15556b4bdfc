import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { patternOf, searchFold, searchWords } from "./search-words.ts";

const names = [
  "Aisyah binti Contoh",
  "Kumar A/L Contoh",
  "Siti Contoh @ Ujian",
  "D'Contoh",
  "Jugah anak Contoh",
  "NÚRÜL  Łin-Đặng bt. Ibrāhīm",
  "ﬁona Ｃontoh a/p. Ñúñez",
  "‘Abdullah b Contoh",
  "Bin",
  "Albina Binti",
  "Mei Ling (Alice) Øre\u00a0Æble",
  "100% _ujian_ \\",
];

test("what is typed is folded as the database folds what it keeps", async () => {
  const world = await newWorld();
  for (const name of names) {
    const { rows } = await world.db.execute<{ folded: string }>(sql`select search_fold(${name}) as folded`);
    expect(searchFold(name), name).toBe(rows[0]?.folded);
  }
});

describe("the words of a search", () => {
  test("lose accents, apostrophes, and what stands between somebody's name and their father's", () => {
    expect(searchFold("Áisyah BT. D'Contoh")).toBe("aisyah dcontoh");
    expect(searchFold("Kumar a/l Contoh @ Ujian bin Contoh anak Ujian")).toBe("kumar contoh ujian contoh ujian");
  });

  test("keep names that only begin or end like those", () => {
    expect(searchFold("Bintang Albin Anaka")).toBe("bintang albin anaka");
  });

  test("come in the order they were typed, each once; there are none in what says nothing", () => {
    expect(searchWords("Mei  ling mei Contoh")).toEqual(["mei", "ling", "contoh"]);
    expect(searchWords(" bin % _ ")).toEqual([]);
  });

  test("are looked for inside others from three letters on, and below that where a word begins", () => {
    expect(patternOf("din")).toBe("%din%");
    expect(patternOf("di")).toBe("% di%");
  });
});
