import { expect, test } from "vitest";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { listCandidates } from "./list-candidates.ts";
import { TOGETHER } from "./request-state.ts";

test("a list of whom to put forward goes on by a place that names nobody, and only among the officer's own people", async () => {
  const world = await newWorld();
  const sa = await world.officer("sa");
  const officer = await officerOf(world.db, sa.ctx);
  if (!officer) throw new Error("No officer");
  const { id } = await addCampaign(world.ctx);
  const people = await Promise.all(
    Array.from({ length: TOGETHER + 2 }, (_, n) =>
      world.account({ fullName: `Aisyah ${String(n).padStart(2, "0")}`, staffConfirmed: true }),
    ),
  );
  const list = (from: string | null) => listCandidates(sa.ctx, officer, id, { words: "aisyah" }, from);
  const first = await list(null);
  expect(first.candidates).toHaveLength(TOGETHER);
  expect(first.next, "it stands in an address").not.toContain("Aisyah");
  const second = await list(first.next);
  expect(second.candidates.map((one) => one.fullName)).toEqual(["Aisyah 50", "Aisyah 51"]);
  expect(second.next).toBeNull();

  const away = await world.account({ fullName: "Aisyah 49", officeId: (await world.anotherOffice()).id });
  expect((await list(away.id)).candidates, "of others' people it tells nothing").toEqual([]);
  for (const odd of ["x", `\0|${people[0]?.id}`, "a".repeat(9_000)])
    expect((await list(odd)).candidates).toHaveLength(TOGETHER);
});
