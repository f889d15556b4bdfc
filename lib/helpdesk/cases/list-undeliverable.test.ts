import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import type { Role } from "#db/schema/roles.ts";
import { seconds } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { listUndeliverable } from "./list-undeliverable.ts";

async function twoOffices() {
  const world = await newWorld();
  const { id: elsewhere } = await world.anotherOffice();
  const people = [
    await world.account({ fullName: "Satu" }),
    await world.account({ fullName: "Dua", officeId: elsewhere }),
    await world.account({ fullName: "Tiga", status: "registered" }),
  ];
  for (const { officialEmail } of people) {
    world.moveClock(seconds(1));
    const mailbox = officialEmail.toUpperCase();
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox, why: "no_such_mailbox", isFinal: true, since: world.now() });
  }
  return { world, elsewhere, people };
}

async function seenBy(world: World, role: Role, officeId: string = world.office.id) {
  const { ctx } = await world.officer(role, { officeId });
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("No officer");
  return (await listUndeliverable(ctx, officer)).map(({ fullName }) => fullName);
}

test("whose letters came back is listed newest first, of the officer's offices alone", async () => {
  const { world, elsewhere } = await twoOffices();
  expect(await seenBy(world, "administrator")).toEqual(["Tiga", "Dua", "Satu"]);
  expect(await seenBy(world, "helpdesk")).toEqual(["Tiga", "Satu"]);
  expect(await seenBy(world, "helpdesk", elsewhere)).toEqual(["Dua"]);
  expect(await seenBy(world, "auditor"), "who corrects nothing").toEqual([]);
});

test("accounts that are closed are left out", async () => {
  const { world, people } = await twoOffices();
  await world.db
    .update(account)
    .set({ status: "closed" })
    .where(eq(account.id, people[0]?.id ?? ""));
  expect(await seenBy(world, "administrator")).toEqual(["Tiga", "Dua"]);
});

test("it says of each whether letters still go there", async () => {
  const { world, people } = await twoOffices();
  await world.db
    .update(undeliverableMailbox)
    .set({ why: "mailbox_full", isFinal: false })
    .where(eq(undeliverableMailbox.mailbox, people[2]?.officialEmail ?? ""));
  const { ctx } = await world.officer("helpdesk");
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("No officer");
  expect((await listUndeliverable(ctx, officer)).map(({ fullName, isFinal }) => [fullName, isFinal])).toEqual([
    ["Tiga", false],
    ["Satu", true],
  ]);
});
