import { sql } from "drizzle-orm";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { failingChecks } from "../readiness.ts";
import { metFullDisk, noteRefusal } from "./full-disk.ts";

afterEach(() => {
  delete (globalThis as { kunciDiskFull?: unknown }).kunciDiskFull;
});

test("a database whose disk is full shows by what it refused, wherever it was asked, for two minutes", async () => {
  const world = await newWorld();
  const db = connect(world.appUrl, { max: 1, refused: noteRefusal });
  onTestFinished(() => db.$client.end());
  const refuse = (code: string) =>
    expect(
      db.transaction((tx) =>
        tx.execute(sql.raw(`do $$ begin raise exception 'no room' using errcode = '${code}'; end $$`)),
      ),
    ).rejects.toMatchObject({ cause: { code } });

  await refuse("23505");
  expect(metFullDisk()).toBe(false);
  await refuse("53100");
  expect(metFullDisk()).toBe(true);
  expect(await failingChecks({ db, keys: null })).toContain("disk");
  expect(metFullDisk(performance.now() + minutes(2))).toBe(false);
});
