import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { roleGrant } from "#db/schema/roles.ts";
import { newWorld, type SignedIn } from "#lib/testing/new-world.ts";
import { exportAccounts } from "./export-accounts.ts";
import { type Filters, unfiltered } from "./filters.ts";

async function take(ctx: SignedIn, narrowed: Partial<Filters> = {}) {
  const taken = await exportAccounts(ctx, { ...unfiltered, ...narrowed });
  if (!taken.ok) return taken.error;
  let text = "";
  for await (const piece of taken.value.pieces) text += piece;
  return { rows: taken.value.rows, text, lines: text.trimEnd().split("\r\n") };
}

describe("a list that is taken away", () => {
  test("has the filtered accounts of the officer's offices, identities masked, and is on record before", async () => {
    const world = await newWorld();
    const { id: officeId } = await world.anotherOffice();
    const { ctx } = await world.officer("sa", { fullName: "Zz Pegawai" });
    const owner = await world.account({ fullName: "=Contoh Aisyah", status: "locked" });
    await world.account({ status: "locked", officeId });
    const taken = await exportAccounts(ctx, { ...unfiltered, status: "locked" });
    if (!taken.ok) throw new Error(taken.error);
    expect(await world.events("accounts.exported")).toMatchObject([
      { accountId: null, actorId: ctx.actor.accountId, data: { rows: 1, filters: "status" } },
    ]);
    const { text, lines } = (await take(ctx, { status: "locked" })) as { text: string; lines: string[] };
    expect(text.startsWith("\uFEFFNama,")).toBe(true);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`'=Contoh Aisyah,${owner.identity.number.slice(0, 6)}-••-••••,${owner.officialEmail}`);
    expect(lines[1]).toMatch(/,2026-11-20 15:15,$/);
    expect(text).not.toContain(owner.identity.number);
  });

  test("comes piece by piece, each account once", async () => {
    const world = await newWorld();
    const { ctx } = await world.officer("administrator");
    for (let n = 0; n < 7; n += 1) await world.account({ fullName: "Contoh" });
    const taken = await exportAccounts(ctx, unfiltered, 3);
    if (!taken.ok) throw new Error(taken.error);
    const pieces: string[] = [];
    for await (const piece of taken.value.pieces) pieces.push(piece);
    const lines = pieces.map((piece) => piece.trimEnd().split("\r\n"));
    expect(lines.map(({ length }) => length)).toEqual([1, 3, 3, 2]);
    expect(new Set(lines.flat()).size).toBe(taken.value.rows + 1);
  });

  test("is for nobody without the right, nor with another office's filter; both are recorded", async () => {
    const world = await newWorld();
    const { id: officeId } = await world.anotherOffice();
    const { ctx: helpdesk } = await world.officer("helpdesk");
    const { ctx: sa } = await world.officer("sa");
    expect(await take(helpdesk)).toBe("not_found");
    expect(await take(sa, { officeId })).toBe("not_found");
    expect(await world.events("access.refused")).toHaveLength(2);
    expect(await world.events("accounts.exported")).toHaveLength(0);
  });

  test("breaks off where the officer's role ends meanwhile", async () => {
    const world = await newWorld();
    const { ctx, grantId } = await world.officer("administrator");
    await world.account();
    const taken = await exportAccounts(ctx, unfiltered, 1);
    if (!taken.ok) throw new Error(taken.error);
    await taken.value.pieces.next();
    await taken.value.pieces.next();
    await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, grantId));
    await expect(taken.value.pieces.next()).rejects.toThrow("ended");
  });
});
