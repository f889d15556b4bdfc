import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { importsOf, reachesOutside, wrongArrow } from "./import-rules.ts";

const files = globSync(["{app,components,db,emails,lib}/**/*.{ts,tsx}", "*.ts"]).map((file) => ({
  file,
  source: readFileSync(file, "utf8"),
}));

test("every import in the house points downwards", () => {
  const wrong = files
    .flatMap(({ file, source }) => importsOf(file, source))
    .flatMap((each) => {
      const why = wrongArrow(each);
      return why ? [`${each.from} → ${each.target}: ${why}`] : [];
    });
  expect(files.length).toBeGreaterThan(30);
  expect(wrong).toEqual([]);
});

test("the clock, chance and the environment come in through the context", () => {
  const wrong = files.flatMap(({ file, source }) => {
    const found = reachesOutside(file, source);
    return found ? [`${file}: ${found}`] : [];
  });
  expect(wrong).toEqual([]);
});

const wrongWays = [
  ["lib/kernel/a.ts", 'import { connect } from "#db/client.ts";'],
  ["lib/kernel/a.ts", 'import { record } from "../audit/record.ts";'],
  ["lib/authenticators/password/change.ts", 'import { register } from "#lib/account/register.ts";'],
  ["lib/audit/record.ts", 'export { enqueue } from "#lib/mail/enqueue.ts";'],
  ["lib/account/register.ts", 'import { headers } from "next/headers";'],
  ["lib/account/register.ts", 'const config = await import("#lib/server/config.ts");'],
  ["lib/account/register.ts", 'import { newWorld } from "#lib/testing/new-world.ts";'],
  ["lib/account/register.ts", 'import Letter from "#emails/activation.tsx";'],
  ["lib/somewhere/a.ts", 'import { ok } from "#lib/kernel/result.ts";'],
  ["components/ui/button.tsx", 'import { register } from "#lib/account/register.ts";'],
  ["components/ui/button.tsx", 'import Link from "next/link";'],
  ["app/page.tsx", 'import { account } from "#db/schema/account.ts";'],
  ["db/client.ts", 'import type { Context } from "#lib/kernel/context.ts";'],
  ["emails/activation.tsx", 'import { messages } from "#lib/text/messages.ts";'],
] as const;

test.each(wrongWays)("%s may not say %s", (file, source) => {
  expect(importsOf(file, source).map(wrongArrow)).toEqual([expect.any(String)]);
});

const rightWays = [
  ["lib/kernel/a.ts", 'import type { Db } from "#db/client.ts";'],
  ["lib/account/register.test.ts", 'import { newWorld } from "#lib/testing/new-world.ts";'],
  ["lib/sign-in/a.ts", 'import {\n  a,\n  type B,\n} from "../authenticators/password/check.ts";'],
  ["lib/mail/deliver.ts", 'import { Activation } from "#emails/activation.tsx";'],
  ["app/(public)/register/page.tsx", 'import { register } from "#lib/account/register.ts";'],
  ["lib/text/request.ts", 'import { cookies } from "next/headers";'],
  ["proxy.ts", 'import { NextResponse } from "next/server";'],
] as const;

test.each(rightWays)("%s may say %s", (file, source) => {
  expect(importsOf(file, source).map(wrongArrow)).toEqual([null]);
});

test.each(["Date.now()", "new Date()", "Math.random()", "process.env.PORT", "randomBytes(16)", "crypto.randomUUID()"])(
  "a use case may not say %s",
  (code) => {
    expect(reachesOutside("lib/account/register.ts", `const a = ${code};`)).not.toBeNull();
    expect(reachesOutside("lib/server/config.ts", `const a = ${code};`)).toBeNull();
    expect(reachesOutside("lib/account/register.ts", `// never ${code}`)).toBeNull();
  },
);
