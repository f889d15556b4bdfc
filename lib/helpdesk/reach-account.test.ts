import { describe, expect, test } from "vitest";
import type { Context } from "#lib/kernel/context.ts";
import type { Right } from "#lib/office/roles/rights.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { reachAccount } from "./reach-account.ts";
import { parseReason } from "./reason.ts";

const reach = (ctx: Context, right: Right, accountId: string) =>
  ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, right, accountId);
    return reached.ok ? reached.value.account.id : reached.error;
  });

describe("reaching an account", () => {
  test("works in the officer's office, and the account is held", async () => {
    const world = await newWorld();
    const { ctx } = await world.officer("helpdesk");
    const somebody = await world.account();
    expect(await reach(ctx, "account.view", somebody.id)).toBe(somebody.id);
    expect(await world.events("access.refused")).toEqual([]);
  });

  test("of the neighbour's office answers as an id that is nobody's, and is recorded", async () => {
    const world = await newWorld();
    const { ctx, account: officer } = await world.officer("sa");
    const there = await world.account({ officeId: (await world.anotherOffice()).id });
    for (const id of [there.id, crypto.randomUUID(), "1", "'; drop table account; --", there.id.toUpperCase()])
      expect(await reach(ctx, "account.view", id), id).toBe("not_found");
    const recorded = await world.events("access.refused");
    expect(recorded.map(({ accountId }) => accountId)).toEqual([there.id, null, null, null, null]);
    expect(recorded[0]).toMatchObject({ actorId: officer.id, outcome: "refused", data: { right: "account.view" } });
  });

  test("of equal or higher rank is refused for changes, and recorded", async () => {
    const world = await newWorld();
    const { ctx } = await world.officer("sa");
    const { account: peer } = await world.officer("sa");
    expect(await reach(ctx, "account.suspend", peer.id)).toBe("outranked");
    expect(await reach(ctx, "account.view", peer.id)).toBe(peer.id);
    expect(await world.events("access.refused")).toMatchObject([{ accountId: peer.id }]);
  });

  test("is not for staff, for nobody, or for who has signed out", async () => {
    const world = await newWorld();
    const somebody = await world.account();
    expect(await reach(await world.as(await world.account()), "account.view", somebody.id)).toBe("not_found");
    expect(await reach(world.ctx, "account.view", somebody.id)).toBe("signed_out");
  });
});

describe("a reason", () => {
  const read = (reason: string) => {
    const form = new FormData();
    form.set("reason", reason);
    return parseReason(form);
  };
  test("is what an officer wrote, in five to five hundred characters", () => {
    expect(read("  Diminta melalui telefon ")).toEqual({ ok: true, value: "Diminta melalui telefon" });
    expect(read("    ")).toEqual({ ok: false, error: "reason_missing" });
    expect(read("abcd")).toEqual({ ok: false, error: "reason_missing" });
    expect(read("a".repeat(501))).toEqual({ ok: false, error: "reason_long" });
    expect(read("abc‮def")).toEqual({ ok: false, error: "reason_unreadable" });
  });
});
