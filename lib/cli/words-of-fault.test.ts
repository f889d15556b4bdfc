import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { BackupRefused } from "#lib/server/backup/backup-refused.ts";
import { StartRefused } from "#lib/server/start/start-refused.ts";
import { wordsOfFault } from "./words-of-fault.ts";

test("a refusal names the file as it was given, though its date looks like somebody's number; a fault names nobody", () => {
  const refused = "/var/backups/2026-11-21-0215.age is there already";
  expect(wordsOfFault(new BackupRefused(refused))).toEqual([refused]);
  expect(wordsOfFault(new StartRefused(["one", "two"]))).toEqual(["one", "two"]);
  expect(wordsOfFault(new Error("no account of 900101-14-0000"))).toEqual(["no account of …"]);
});

test("where the database is away a command says so, and not which query it was at", () => {
  const away = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
  expect(wordsOfFault(new DrizzleQueryError("select 1", [], away))).toEqual([
    "the database: connect ECONNREFUSED 127.0.0.1:5432 (ECONNREFUSED). Look further: npm run kunci -- doctor",
  ]);
});
