import { expect, test } from "vitest";
import { accountStatuses } from "#db/schema/account.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { record } from "#lib/audit/record.ts";
import { canonical } from "#lib/kernel/identity-number.ts";
import { unseal } from "#lib/kernel/sealed.ts";
import { minutes } from "#lib/kernel/time.ts";
import { fixtureIdentity } from "./identities.ts";
import { newWorld } from "./new-world.ts";

const lapsed = { type: "account.lapsed", accountId: null } as const;

test("a world begins empty, whatever the one before it left behind", async () => {
  const before = await newWorld();
  await before.account({ password: true });
  await before.db.transaction((tx) => record(tx, before.ctx, lapsed));
  expect(await before.events()).toHaveLength(1);

  const world = await newWorld();
  expect(await world.events()).toEqual([]);
  expect(await world.mails()).toEqual([]);
  expect(await world.db.query.account.findMany()).toEqual([]);
});

test("a world is spoken to with the rights of the application, which cannot rewrite the trail", async () => {
  const world = await newWorld();
  await world.db.transaction((tx) => record(tx, world.ctx, lapsed));

  await expect(world.db.delete(auditEvent)).rejects.toMatchObject({ cause: { code: "42501" } });
  await expect(world.db.update(auditEvent).set({ type: "nothing" })).rejects.toMatchObject({
    cause: { code: "42501" },
  });
  expect(await world.events("account.lapsed")).toHaveLength(1);
});

test("the clock stands still until it is moved", async () => {
  const world = await newWorld();
  expect(world.ctx.now().toISOString()).toBe("2026-11-20T07:15:00.000Z");
  world.moveClock(minutes(31));
  expect(world.asBrowser({ ip: "192.0.2.9" }).now().toISOString()).toBe("2026-11-20T07:46:00.000Z");
});

test.each(accountStatuses)(
  "an account can be %s, with an identity that opens under the world's keys",
  async (status) => {
    const world = await newWorld();
    const ada = await world.account({ status });
    const row = await world.reload(ada);
    expect(row.status).toBe(status);
    expect(unseal(world.ctx.keys.sealing, row.identitySealed, "account.identity", ada.id)).toBe(
      canonical(ada.identity),
    );
  },
);

test("a quarter of a million made-up identities are all different and never issued", () => {
  const numbers = new Set(Array.from({ length: 250_000 }, (_, n) => fixtureIdentity(n).number));
  expect(numbers.size).toBe(250_000);
  expect([...numbers].filter((number) => !/^\d{8}0000$/.test(number))).toEqual([]);
});
