import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { staffImport, staffImportChunk } from "#db/schema/staff-register.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { importOf } from "#lib/testing/staff-imports.ts";
import { asOperator, staffFile, staffLine } from "#lib/testing/staff-register.ts";
import { readRegister } from "./read-register.ts";
import { Incomplete, LARGEST_FILE, uploadRegister } from "./upload-register.ts";

describe("an upload", () => {
  const upload = (world: World, ctx: World["ctx"], pieces: () => AsyncGenerator<Buffer>) =>
    uploadRegister(ctx, { fileName: "C:\\daftar.csv", isWhole: false }, pieces()).then(async (outcome) => ({
      outcome,
      left: (await world.db.select().from(staffImport)).length,
    }));

  test("is an administrator's alone, asked before and after the file has come", async () => {
    const world = await newWorld();
    const { ctx } = await world.officer("administrator");
    const sa = await world.officer("sa");
    async function* some() {
      yield Buffer.from(staffFile(staffLine(1)));
    }
    expect(await upload(world, sa.ctx, some)).toMatchObject({ outcome: { error: "not_found" }, left: 0 });
    expect(await upload(world, world.ctx, some)).toMatchObject({ outcome: { error: "signed_out" }, left: 0 });
    async function* demotedMeanwhile() {
      yield* some();
      await world.db.execute(sql`update role_grant set state = 'ended', ended_at = ${world.now()}`);
    }
    expect(await upload(world, ctx, demotedMeanwhile)).toMatchObject({ outcome: { error: "not_found" }, left: 0 });
    expect(await world.events("access.refused")).toHaveLength(2);
  });

  test("leaves nothing of a file that is empty, too large or cut off", async () => {
    const world = await newWorld();
    const operator = asOperator(world.ctx);
    async function* nothing() {}
    async function* cutOff() {
      yield Buffer.alloc(300_000);
      throw new Incomplete();
    }
    async function* tooMuch() {
      yield Buffer.alloc(300_000);
      yield Buffer.alloc(LARGEST_FILE);
    }
    expect(await upload(world, operator, nothing)).toMatchObject({ outcome: { error: "file_empty" }, left: 0 });
    expect(await upload(world, operator, cutOff)).toMatchObject({ outcome: { error: "file_incomplete" }, left: 0 });
    expect(await upload(world, operator, tooMuch)).toMatchObject({ outcome: { error: "file_too_large" }, left: 0 });
    expect(await world.db.select().from(staffImportChunk)).toEqual([]);
  });

  test("reads back as it was, however its pieces came", async () => {
    const world = await newWorld();
    const line = `${staffLine(1)},${"Catatan ".repeat(100)}`;
    const body = Buffer.from(staffFile(...Array.from({ length: 700 }, () => line)));
    async function* uneven() {
      for (let at = 0; at < body.length; at += 99_991) yield body.subarray(at, at + 99_991);
    }
    const { outcome } = await upload(world, asOperator(world.ctx), uneven);
    await readRegister(world.asSystem(), outcome.ok ? outcome.value : "");
    expect(await importOf(world)).toMatchObject({ fileName: "daftar.csv", rowsRead: 700, size: body.length });
  });
});
