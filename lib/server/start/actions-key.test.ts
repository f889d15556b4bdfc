import { randomBytes } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { actionNamesSalt, actionsKey } from "./actions-key.ts";

const keyring = (): Keyring =>
  Object.fromEntries(
    keyPurposes.map((purpose) => [purpose, { current: "a", keys: { a: randomBytes(32) } }]),
  ) as unknown as Keyring;

test("what closures are sealed with is the deployment's: one for all instances, another for others, never what everybody has", () => {
  const keys = keyring();
  expect(actionsKey(keys)).toBe(actionsKey({ ...keys }));
  expect(actionsKey(keys)).not.toBe(actionsKey(keyring()));
  for (const key of [actionNamesSalt, actionsKey(keys)]) expect(Buffer.from(key, "base64")).toHaveLength(32);
  expect(actionsKey(keys)).not.toBe(actionNamesSalt);
});

/** A directive anywhere but at the head of a file makes an action of a function, which may close over what is around it. */
const inlineDirective = /\S\s*["']use server["']\s*;/;

test("no server action closes over anything: each stands in a file of actions, and takes what it needs as its form", () => {
  const files = globSync(["{app,components,lib}/**/*.{ts,tsx}"]).filter((file) => !/\.test\.tsx?$/.test(file));
  const inline = files.filter((file) => inlineDirective.test(readFileSync(file, "utf8")));
  expect(files.filter((file) => readFileSync(file, "utf8").startsWith('"use server"')).length).toBeGreaterThan(30);
  expect(inline).toEqual([]);
  expect(inlineDirective.test('export default function Page() {\n  async function save() {\n    "use server";\n')).toBe(
    true,
  );
});
