import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { type Filters, unfiltered } from "./filters.ts";
import { readRows } from "./read-rows.ts";
import type { Row } from "./row.ts";

/** More names than are looked along for one row. */
const BEYOND = 320;

/** An administrator, and people of these names; of each `many`, more than a search looks along, numbered. */
async function crowded(many: readonly string[], few: readonly string[]) {
  const world = await newWorld();
  const { ctx } = await world.officer("administrator", { fullName: "Zz Pegawai" });
  const { id } = await world.account({ fullName: "Pola" });
  const [pattern] = await world.db.select().from(account).where(eq(account.id, id));
  if (!pattern) throw new Error("There is no pattern");
  const { subject: _, pairwiseSeed: __, userHandle: ___, ...shared } = pattern;
  const numbered = many.flatMap((name) =>
    Array.from({ length: BEYOND }, (_, n) => `${name} ${String(n).padStart(3, "0")}`),
  );
  await world.db.insert(account).values(
    [...numbered, ...few].map((fullName, n) => ({
      ...{ ...shared, id: randomUUID(), fullName, officialEmail: `u${n}@contoh.example.gov.my` },
      identityIndex: `index ${n}`,
    })),
  );
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("Nobody with a role");
  const read = (filters: Partial<Filters>, last?: Row, direction: "after" | "before" = "after", count = 1) =>
    readRows(ctx, {
      ...{ officer, right: "account.view", filters: { ...unfiltered, ...filters }, count },
      from: last ? { rank: last.rank, key: last.key, id: last.id, direction } : null,
    });
  /** One after the other, to the end of the list and back to its beginning. */
  const both = async (filters: Partial<Filters>) => {
    const there: Row[] = [];
    for (let [row] = await read(filters); row; [row] = await read(filters, row)) there.push(row);
    const back: Row[] = [];
    for (let row = there.at(-1); row; [row] = await read(filters, row, "before")) back.unshift(row);
    expect(back).toEqual(there);
    return there.map(({ fullName }) => fullName);
  };
  return { world, read, both };
}

describe("a search in the order of names", () => {
  test("finds what lies beyond the names it looks along first, in both of its parts and on the way back", async () => {
    const { both } = await crowded(["Mei A", "Bakar"], ["Mei Zul", "Ali Mei Zul", "Cik Mei Zul", "Cik Zul"]);
    expect(await both({ words: "mei zul" })).toEqual(["Mei Zul", "Ali Mei Zul", "Cik Mei Zul"]);
  });

  test("never puts somebody of its second part before one of the first, however far that lies", async () => {
    const { read } = await crowded(["Mei A"], ["Mei Zul", "Ali Mei Zul"]);
    expect((await read({ words: "mei zul" })).map(({ fullName }) => fullName)).toEqual(["Mei Zul"]);
  });

  test("fills a page from both parts where the first is short", async () => {
    const { read } = await crowded(["Bakar"], ["Mei", "Ali Mei", "Cik Mei"]);
    const rows = await read({ words: "mei" }, undefined, "after", 2);
    expect(rows.map(({ fullName, rank }) => [fullName, rank])).toEqual([
      ["Mei", 0],
      ["Ali Mei", 1],
    ]);
  });

  test("is read back across both parts, several at once", async () => {
    const { read } = await crowded([], ["Mei A", "Mei B", "Ali Mei", "Cik Mei"]);
    const all = await read({ words: "mei" }, undefined, "after", 5);
    expect(all.map(({ fullName }) => fullName)).toEqual(["Mei A", "Mei B", "Ali Mei", "Cik Mei"]);
    const back = await read({ words: "mei" }, all[3], "before", 2);
    expect(back.map(({ fullName }) => fullName)).toEqual(["Ali Mei", "Mei B"]);
  });

  test("has nobody of another office, nor of another state, among those it meets on the way", async () => {
    const world = await newWorld();
    const { ctx } = await world.officer("sa");
    const { id: elsewhere } = await world.anotherOffice();
    for (const fullName of ["Mei A", "Mei B", "Ali Mei", "Cik Mei"]) {
      await world.account({ fullName: `${fullName} Jiran`, officeId: elsewhere });
      await world.account({ fullName });
      await world.account({ fullName: `${fullName} Tutup`, status: "locked" });
    }
    const officer = await officerOf(ctx.db, ctx);
    if (!officer) throw new Error("Nobody with a role");
    const wanted = { officer, right: "account.view", from: null, count: 4 } as const;
    const filters = { ...unfiltered, words: "mei", status: "activated" } as const;
    const rows = await readRows(ctx, { ...wanted, filters });
    expect(rows.map(({ fullName }) => fullName)).toEqual(["Mei A", "Mei B", "Ali Mei", "Cik Mei"]);
  });

  test("is narrowed by what its index does not know, too", async () => {
    const { world, both } = await crowded(["Bakar"], ["Mei", "Ali Mei", "Cik Mei"]);
    const [cik] = await world.db.select().from(account).where(eq(account.fullName, "Cik Mei"));
    await world.db
      .insert(totpCredential)
      .values({ accountId: cik?.id ?? "", id: randomUUID(), secretSealed: "", lastStep: 0, setAt: world.now() });
    expect(await both({ words: "mei", factor: "app" })).toEqual(["Cik Mei"]);
    expect(await both({ words: "mei", factor: "none" })).toEqual(["Mei", "Ali Mei"]);
    expect(await both({ words: "mei", status: "locked" })).toEqual([]);
  });
});
