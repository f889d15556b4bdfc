import fs from "node:fs";
import { expect, test } from "vitest";

const rows = fs
  .readFileSync("docs/openid-conformance.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `oidcc-"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, module = "", , file = "", name = ""]) => ({ module, file: file.replaceAll("`", ""), name }));

test("each of the 38 modules of the Basic OP plan is named once, with a test that is there", () => {
  expect(new Set(rows.map(({ module }) => module)).size).toBe(38);
  expect(rows).toHaveLength(38);
  const here = (file: string) => fs.readFileSync(`lib/relying-party/conformance/${file}`, "utf8");
  const missing = rows.filter(({ file, name }) => {
    const quoted = `("${name}",`;
    return !here(file).includes(`test${quoted}`) && !here(file).includes(`])${quoted}`);
  });
  expect(missing.map(({ module }) => module)).toEqual([]);
});

test("what docs/connect-a-system.md has Apache do is what the Apache of the tests does", () => {
  const [, documented = ""] =
    /```apache\n([\s\S]*?)```/.exec(fs.readFileSync("docs/connect-a-system.md", "utf8")) ?? [];
  const tried = fs.readFileSync("lib/testing/apache.ts", "utf8");
  const directives = [...documented.matchAll(/^\s*(OIDC\w+|Require \w+)/gm)].map(([, name = ""]) => name);
  expect(directives.length).toBeGreaterThan(12);
  expect(directives.filter((name) => !tried.includes(name))).toEqual([]);
});
