import fs from "node:fs";
import { expect, test } from "vitest";

test("every file of journeys has one: a file that was emptied passes unseen", () => {
  const files = fs.readdirSync("e2e").filter((name) => name.endsWith(".spec.ts"));
  expect(files.length).toBeGreaterThan(30);
  for (const name of files) expect(fs.readFileSync(`e2e/${name}`, "utf8"), name).toMatch(/^\s*test\(/m);
});
