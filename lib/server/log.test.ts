import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { createLog, plainFault } from "./log.ts";

function logging() {
  const lines: string[] = [];
  return { log: createLog("info", { write: (line) => void lines.push(line) }), lines };
}

test("a failed query leaves its statement and code in the log, never what it was about", async () => {
  const world = await newWorld();
  const { log, lines } = logging();
  const person = {
    status: "registered",
    identityType: "mykad",
    identitySealed: "sealed-value",
    identityIndex: "blind-index-value",
    fullName: "Aisyah binti Contoh",
    officialEmail: "aisyah@contoh.example.gov.my",
    createdAt: new Date(0),
  } as const;
  const insert = () =>
    world.db
      .insert(account)
      .values({ id: "0199c6f0-0000-7000-8000-000000000000", officeId: world.office.id, ...person });
  await insert();
  await insert().catch((err: unknown) => log.error({ err }, "failed"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("insert into");
  expect(lines[0]).toContain('"code":"23505"');
  for (const secret of ["Aisyah", "aisyah@", "blind-index-value", "sealed-value"])
    expect(lines[0]).not.toContain(secret);
});

test.each([
  "identity 900101-14-0000 refused",
  "no mailbox aisyah@contoh.example.gov.my",
  "bad token q0Zr8mW1c9sTn3vKxY7hLg",
])("a fault's words lose what is somebody's: %s", (words) => {
  const { log, lines } = logging();
  log.error({ err: new Error(words, { cause: new Error(words) }) }, "failed");
  expect(lines[0]).not.toMatch(/900101|aisyah|q0Zr8/);
});

test("a fault that a library tells of as a mere object keeps its words and code, and nobody in it", () => {
  const told = { message: "connect ECONNREFUSED of ali@contoh.example.gov.my", code: "ECONNREFUSED", queue: "lapse" };
  expect(plainFault(told)).toEqual({ name: "object", message: "connect ECONNREFUSED of …@…", code: "ECONNREFUSED" });
  expect(plainFault("900101140000")).toEqual({ name: "string", message: "not an Error" });
});
