import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Every setting the configuration reads, by the calls that read it. */
const read = [
  ...readFileSync("lib/server/start/read-config.ts", "utf8").matchAll(
    /\bread\s*\.\s*\w+(?:<\w+>)?\(\s*"([A-Z][A-Z_]+)"/g,
  ),
].map(([, name]) => name);
const settings = [...new Set(read)].sort();

test("every setting that is read is in .env.example with a comment, and none besides", () => {
  const lines = readFileSync(".env.example", "utf8").split("\n");
  const named = lines.flatMap((line) => /^# ([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? []);
  expect(settings.length).toBeGreaterThan(20);
  expect(named.toSorted()).toEqual(settings);
});

test("every setting that is read is in README's table, and none besides", () => {
  const table = readFileSync("README.md", "utf8")
    .split("\n")
    .filter((line) => /^\| `[A-Z]/.test(line));
  const named = table.flatMap((line) =>
    [...(line.split("|")[1] ?? "").matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name),
  );
  expect(named.toSorted()).toEqual(settings);
});
