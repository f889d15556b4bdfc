import { expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { applied, asOperator, staffFile, staffLine, uploaded } from "#lib/testing/staff-register.ts";
import { foreseeChanges } from "./foresee-changes.ts";
import { viewImport } from "./view-import.ts";

async function previewing() {
  const world = await newWorld();
  const changes = async (body: string, isWhole = false) => {
    const file = await viewImport(world.ctx, await uploaded(asOperator(world.ctx), body, { isWhole }));
    if (!file) throw new Error("There is no import");
    return () => foreseeChanges(world.ctx, file);
  };
  return { world, changes };
}

test("a file changes something the first time, and nothing when it comes again, whatever bad rows it has", async () => {
  const { world, changes } = await previewing();
  const file = staffFile(staffLine(10), staffLine(11, { leaves: "31/12/2026" }), staffLine(12, { name: "9" }));
  expect(await (await changes(file))()).toBe(true);
  await applied(world.ctx, file);
  expect(await (await changes(file, true))()).toBe(false);
  expect(await (await changes(staffFile(staffLine(12, { name: "9" }))))()).toBe(false);
});

test("a last day that is taken back changes something, though the row says what the account does", async () => {
  const { world, changes } = await previewing();
  await applied(world.ctx, staffFile(staffLine(10, { leaves: "31/12/2026" })));
  expect(await (await changes(staffFile(staffLine(10))))()).toBe(true);
});

test("people who came onto the register since a whole file was read are missing from it", async () => {
  const { world, changes } = await previewing();
  await applied(world.ctx, staffFile(staffLine(10)));
  const now = await changes(staffFile(staffLine(10)), true);
  expect(await now()).toBe(false);
  await applied(world.ctx, staffFile(staffLine(11)));
  expect(await now()).toBe(true);
});

test("a difference that is none any more changes something", async () => {
  const { world, changes } = await previewing();
  const owner = await world.account();
  const line = (name: string) =>
    staffFile(
      staffLine(0, { identity: (owner.identity as { number: string }).number, name, email: owner.officialEmail }),
    );
  await applied(world.ctx, line("Nama Lain"));
  expect(await (await changes(line("Nama Lain")))()).toBe(false);
  expect(await (await changes(line(owner.fullName)))()).toBe(true);
});
