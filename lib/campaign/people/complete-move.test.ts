import { inArray } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { days, hours } from "#lib/kernel/time.ts";
import type { CampaignWanted } from "#lib/testing/campaign.ts";
import { moving } from "#lib/testing/moving.ts";
import type { World, WorldAccount } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { lookAgain } from "./look-again.ts";

describe("the phase of a person", () => {
  test("is the one of their office as it is now; what they have done stays done", async () => {
    const { world, look, found, holder, change } = await moving();
    const other = await world.anotherOffice();
    const person = await holder();
    await addTotp(world.ctx, person.id);
    const done = await found(person);
    expect(done).toMatchObject({ state: "done", officeId: world.office.id });
    world.moveClock(hours(1));
    await change(person, { officeId: other.id });
    await look(person);
    expect(await found(person)).toMatchObject({
      state: "done",
      officeId: other.id,
      phaseId: null,
      completedAt: done?.completedAt,
    });
  });
});

describe("whoever has moved", () => {
  const waiting = async (world: World) => {
    const { rows } = await world.owner.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows[0]?.n;
  };
  const done = async (wanted: CampaignWanted = {}) => {
    const setting = await moving(wanted);
    const person = await setting.holder();
    await addTotp(setting.world.ctx, person.id);
    const letters = async () => (await setting.world.mails()).filter(({ kind }) => kind === "roaming_ready");
    return { ...setting, person, letters };
  };

  test("is told so once, with the event, however often and however many look at the same time", async () => {
    const { world, person, look, letters } = await done();
    const others = await world.db.transaction(async (tx) => {
      await lookAgain(tx, world.asSystem(), [person.id]);
      const looking = Promise.all([look(person), look(person)]);
      // Both have seen the person before this one's end, and now wait for it.
      await vi.waitFor(async () => expect(await waiting(world)).toBe(2), { timeout: 15_000 });
      return { looking };
    });
    await others.looking;
    expect(await world.events("move.completed")).toMatchObject([{ accountId: person.id }]);
    expect(await letters()).toMatchObject([{ accountId: person.id, to: person.officialEmail }]);
    await world.db.delete(totpCredential);
    await look(person);
    await addTotp(world.ctx, person.id);
    await look(person);
    expect(await letters()).toHaveLength(1);
    expect(await world.events("move.completed")).toHaveLength(1);
  });

  test("is not before their phase begins, though all is ready", async () => {
    const { world, person, found, letters } = await done();
    await world.owner.query("update campaign_phase set from_day = '2026-11-22'");
    expect(await found(person)).toMatchObject({ state: "done", completedAt: null });
    expect(await letters()).toEqual([]);
    // The day begins at four in the afternoon of the one before, by UTC.
    world.moveClock(days(1));
    expect(await found(person)).toMatchObject({ completedAt: null });
    world.moveClock(hours(9));
    expect(await found(person)).toMatchObject({ state: "done", completedAt: world.now() });
    expect(await letters()).toHaveLength(1);
  });

  test("is not while the campaign is only announced", async () => {
    const { person, found } = await done({ state: "announced" });
    expect(await found(person)).toMatchObject({ state: "done", completedAt: null });
  });

  test("of an office in no phase, has once an AP confirmed them", async () => {
    const { person, found, request } = await done({ phases: [] });
    expect(await found(person)).toMatchObject({ state: "done", phaseId: null, completedAt: null });
    await request(person, "confirmed");
    expect((await found(person))?.completedAt).not.toBeNull();
  });
});

describe("looking again", () => {
  test("writes nothing where all is as it was", async () => {
    const { world, look, seen, holder } = await moving();
    const person = await holder();
    expect(await look(person)).toEqual({ changed: 1, passedOver: [] });
    const before = await seen(person);
    world.moveClock(hours(1));
    expect(await look(person)).toEqual({ changed: 0, passedOver: [] });
    expect(await seen(person)).toEqual(before);
  });

  test("passes over an account that somebody is changing, and waits for nobody", async () => {
    const { world, look, seen, holder } = await moving();
    const [busy, free]: WorldAccount[] = [await holder(), await holder()];
    if (!busy || !free) throw new Error("Nobody is there");
    await world.db.transaction(async (tx) => {
      await tx
        .select()
        .from(accounts)
        .where(inArray(accounts.id, [busy.id]))
        .for("update");
      expect(await look(busy, free)).toEqual({ changed: 1, passedOver: [busy.id] });
    });
    expect(await seen(free)).not.toBeNull();
    expect(await look(busy, free)).toEqual({ changed: 1, passedOver: [] });
  });
});
