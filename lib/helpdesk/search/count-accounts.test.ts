import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { minutes } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { newWorld, type SignedIn } from "#lib/testing/new-world.ts";
import { countAccounts, savedCounts, sumCounts } from "./count-accounts.ts";

async function saved(ctx: SignedIn) {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("Nobody with a role");
  return savedCounts(ctx, officer);
}

test("accounts are counted by office and state, as often as wished, and the counts say how old they are", async () => {
  const world = await newWorld();
  const other = await world.anotherOffice();
  const { ctx } = await world.officer("administrator");
  const locked = await world.account({ status: "locked", officeId: other.id });
  expect(await saved(ctx)).toMatchObject({ at: null, offices: [{ counts: {} }, { counts: {} }] });

  await Promise.all(Array.from({ length: 4 }, () => countAccounts(world.asSystem())));
  const first = await saved(ctx);
  expect(first.offices).toMatchObject([
    { id: world.office.id, counts: { activated: 1 } },
    { id: other.id, counts: { locked: 1 } },
  ]);
  expect(sumCounts(first.offices, null)).toMatchObject({ activated: 1, locked: 1, closed: 0 });
  expect(sumCounts(first.offices, other.id)).toMatchObject({ activated: 0, locked: 1 });

  await world.db.update(account).set({ status: "activated" }).where(eq(account.id, locked.id));
  world.moveClock(minutes(5));
  expect((await saved(ctx)).offices[1]?.counts, "not counted again yet").toEqual({ locked: 1 });
  await countAccounts(world.asSystem());
  expect((await saved(ctx)).offices[1]?.counts).toEqual({ activated: 1 });
  expect((await saved(ctx)).at).toEqual(world.now());
});

test("an officer sees the counts of their own offices", async () => {
  const world = await newWorld();
  const { id: officeId } = await world.anotherOffice();
  const { ctx } = await world.officer("sa", { officeId });
  await world.account();
  await countAccounts(world.asSystem());
  expect((await saved(ctx)).offices).toMatchObject([{ id: officeId, counts: { activated: 1 } }]);
});
