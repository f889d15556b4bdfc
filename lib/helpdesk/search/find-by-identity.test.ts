import { expect, test } from "vitest";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { newWorld, type SignedIn } from "#lib/testing/new-world.ts";
import { findByIdentity } from "./find-by-identity.ts";
import { understandSearch } from "./understand-search.ts";

async function find(ctx: SignedIn, typed: string) {
  const [officer, understood] = [await officerOf(ctx.db, ctx), understandSearch(typed)];
  if (!officer || !understood.ok || understood.value.by !== "identity") throw new Error("No officer, or no number");
  return findByIdentity(ctx, officer, understood.value.identities);
}

test("a number finds its accounts, the open one first, and a passport's in whichever country", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("helpdesk");
  const closed = await world.account({ status: "closed" });
  const { id } = await world.account({ identity: closed.identity });
  const traveller = await world.account({ identity: { type: "passport", country: "ID", number: "A1234567" } });
  expect(await find(ctx, closed.identity.number)).toMatchObject([
    { id, closed: false },
    { id: closed.id, closed: true },
  ]);
  expect((await find(ctx, "a1234567")).map((found) => found.id)).toEqual([traveller.id]);
  expect(await find(ctx, "650505-05-0000")).toEqual([]);
});

test("an account of another office is not told of, and that it was looked for is recorded", async () => {
  const world = await newWorld();
  const { id: officeId } = await world.anotherOffice();
  const { ctx } = await world.officer("sa");
  const theirs = await world.account({ officeId });
  expect(await find(ctx, theirs.identity.number)).toEqual([]);
  expect(await world.events("access.refused")).toMatchObject([{ accountId: theirs.id }]);
  const { ctx: auditor } = await world.officer("auditor");
  expect(await find(auditor, theirs.identity.number)).toHaveLength(1);
});
