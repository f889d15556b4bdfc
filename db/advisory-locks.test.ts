import fs from "node:fs";
import { expect, test } from "vitest";

// Two works under one number wait for each other: sealing a long trail kept every instance from saying that it lives, and
// whoever had not for a minute was not waited for when the next key began to write.
test("each work that one at a time may do has a lock of its own", () => {
  const numbers = ["db", "lib"]
    .flatMap((place) => fs.readdirSync(place, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .flatMap((entry) => [
      ...fs
        .readFileSync(`${entry.parentPath}/${entry.name}`, "utf8")
        .matchAll(/^(?:export )?const \w+ = (586\d\d);$/gm),
    ])
    .map(([, number]) => number);
  expect(numbers.length).toBeGreaterThan(4);
  expect(new Set(numbers).size).toBe(numbers.length);
});
