import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import type { Context } from "#lib/kernel/context.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { addToken } from "#lib/testing/hardware-token.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { findBySerial, listTokens, TOKENS_PAGE } from "./list-tokens.ts";
import { parseTokenFilters, type TokenFilters, unfilteredTokens } from "./token-filters.ts";

async function listed(ctx: Context, filters: Partial<TokenFilters> = {}, after: string | null = null) {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("This is no officer");
  const page = await listTokens(ctx, officer, { filters: { ...unfilteredTokens, ...filters }, after });
  return { serials: page.tokens.map(({ serial }) => serial), ...page };
}

async function register() {
  const world = await newWorld();
  const elsewhere = await world.anotherOffice();
  const ada = await world.account({ fullName: "Ada binti Contoh" });
  const gone = await world.account({ fullName: "Bakar Teladan", status: "suspended" });
  const far = await world.account({ officeId: elsewhere.id });
  await addToken(world.ctx, { serial: "GPKI-0002", holderId: ada.id, state: "lost" });
  await addToken(world.ctx, { serial: "GPKI-0001", holderId: ada.id });
  await addToken(world.ctx, { serial: "GPKI-0003", holderId: gone.id, state: "revoked" });
  await addToken(world.ctx, { serial: "GPKI-0004", holderId: gone.id, state: "returned" });
  await addToken(world.ctx, { serial: "GPKI-0005", holderId: far.id });
  const sa = await world.officer("sa");
  return { world, ada, gone, far, elsewhere, sa };
}

describe("the register of tokens", () => {
  test("shows an officer those of their offices, by serial; of others' offices there is none", async () => {
    const { world, sa, far, elsewhere } = await register();
    expect((await listed(sa.ctx)).serials).toEqual(["GPKI-0001", "GPKI-0002", "GPKI-0003", "GPKI-0004"]);
    expect((await listed(sa.ctx, { officeId: elsewhere.id })).serials).toEqual([]);
    expect((await listed(sa.ctx, { holderId: far.id })).serials).toEqual([]);
    expect((await listed(sa.ctx, { words: "GPKI-0005" })).serials).toEqual([]);
    const auditor = await world.officer("auditor");
    expect((await listed(auditor.ctx)).serials).toHaveLength(5);
  });

  test.each([
    [{ words: "gpki-000" }, ["GPKI-0001", "GPKI-0002", "GPKI-0003", "GPKI-0004"]],
    [{ words: "contoh ada" }, ["GPKI-0001", "GPKI-0002"]],
    [{ words: "%" }, []],
    [{ words: "GPKI_0001" }, []],
    [{ show: "lost" }, ["GPKI-0002"]],
    [{ show: "leaver" }, ["GPKI-0003"]],
    [{ show: "hand_back" }, ["GPKI-0003"]],
    [{ words: "teladan", show: "returned" }, ["GPKI-0004"]],
  ] as const)("narrowed by %j has %j", async (filters, serials) => {
    const { sa } = await register();
    expect((await listed(sa.ctx, filters)).serials).toEqual(serials);
  });

  test("has the one of a receipt, where its holder is of the officer’s offices", async () => {
    const { world, sa, gone, far } = await register();
    const back = async (serial: string, holderId: string, receipt: string) => {
      const { id } = await addToken(world.ctx, { serial, holderId, state: "returned" });
      await world.ctx.db.insert(hardwareTokenEvent).values({
        tokenId: id,
        at: world.ctx.now(),
        move: "return",
        state: "returned",
        holderId,
        receipt,
      });
    };
    await back("GPKI-0006", gone.id, "R-7F3Q-29MD");
    await back("GPKI-0007", far.id, "R-7F3Q-29ME");
    expect((await listed(sa.ctx, { words: " r-7f3q-29md " })).serials).toEqual(["GPKI-0006"]);
    expect((await listed(sa.ctx, { words: "R-7F3Q-29ME" })).serials).toEqual([]);
    expect((await listed(sa.ctx, { words: "R-7F3Q" })).serials).toEqual([]);
  });

  test("begins anew where an address says no place of it", async () => {
    const { sa } = await register();
    for (const odd of ["\0", "a".repeat(9_000), "ż\u202e"])
      expect((await listed(sa.ctx, {}, odd)).serials).toHaveLength(4);
  });

  test("flags what a leaver has not handed back, and nothing else", async () => {
    const { world, sa, ada } = await register();
    expect((await listed(sa.ctx)).tokens.filter(({ flagged }) => flagged).map(({ serial }) => serial)).toEqual([
      "GPKI-0003",
    ]);
    await world.db.update(accounts).set({ delistedAt: world.now() }).where(eq(accounts.id, ada.id));
    expect((await listed(sa.ctx, { show: "leaver" })).serials).toEqual(["GPKI-0001", "GPKI-0002", "GPKI-0003"]);
  });

  test("is read on from where a page ended, each token once", async () => {
    const { world, sa, ada } = await register();
    for (let n = 0; n < TOKENS_PAGE; n++)
      await addToken(world.ctx, { serial: `UJI-${String(n).padStart(3, "0")}`, holderId: ada.id });
    const first = await listed(sa.ctx);
    const second = await listed(sa.ctx, {}, first.next);
    expect(first.serials).toHaveLength(TOKENS_PAGE);
    expect([...first.serials, ...second.serials].toSorted()).toEqual([
      ...new Set([...first.serials, ...second.serials]),
    ]);
    expect(second).toMatchObject({ next: null, serials: ["UJI-046", "UJI-047", "UJI-048", "UJI-049"] });
  });

  test("finds a whole serial however it is typed, within scope alone", async () => {
    const { sa, ada } = await register();
    const officer = await officerOf(sa.ctx.db, sa.ctx);
    if (!officer) throw new Error("This is no officer");
    const found = (typed: string) => findBySerial(sa.ctx, officer, typed);
    expect(await found(" gpki-0001 ")).toBe((await listed(sa.ctx, { holderId: ada.id })).tokens[0]?.id);
    expect(await found("GPKI-0005")).toBeNull();
    expect(await found("GPKI-000")).toBeNull();
  });
});

test.each([
  [{ state: "tiada" }],
  [{ office: "1" }],
  [{ holder: "../x" }],
  [{ q: ["a", "b"] }],
  [{ q: "x".repeat(101) }],
  [{ q: "\u202eabc" }],
])("filters %j are none", (asked: Record<string, unknown>) => {
  expect(parseTokenFilters((name) => asked[name])).toEqual({ ok: false, error: "malformed" });
});
