import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { relyingParty } from "#db/schema/relying-party.ts";
import { answeredLater } from "#lib/testing/answered-later.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { tcpProxy, through } from "#lib/testing/tcp-proxy.ts";
import { lookAtRegistrations, lookForRegistration, registrationOf } from "./registrations.ts";

test("of two looks at once the older does not undo the newer, and what did not change stays the same object", async () => {
  const world = await newWorld();
  const [{ id, clientId }, other] = [await addRelyingParty(world.ctx), await addRelyingParty(world.ctx)];
  await lookAtRegistrations(world.ctx);
  const before = registrationOf(other.clientId);

  const { slow, read, answer } = answeredLater(world.db);
  const older = lookAtRegistrations({ db: slow, now: world.now });
  await read;
  await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, id));
  await lookAtRegistrations(world.ctx);
  answer();
  await older;
  expect(registrationOf(clientId)).toBeUndefined();
  expect(registrationOf(other.clientId)).toBe(before);
});

describe("what is not known is looked for", () => {
  const looks = () =>
    (globalThis as { kunciRegistrationsLooks?: { begun: number } }).kunciRegistrationsLooks?.begun ?? 0;

  test("once for all who ask at a moment, again when that look has ended and a tenth of a second is over, and by eight of them at most", async () => {
    const world = await newWorld();
    await lookForRegistration(world.ctx);
    const { slow, read, answer } = answeredLater(world.db);
    const ask = (howMany: number, ctx: Parameters<typeof lookForRegistration>[0] = world.ctx) =>
      Promise.all(Array.from({ length: howMany }, () => lookForRegistration(ctx)));
    const before = looks();
    const asked = ask(4, { db: slow, now: world.now });
    await read;
    const added = await addRelyingParty(world.ctx);
    const known = () => registrationOf(added.clientId)?.clientId;
    const later = ask(4);
    await lookForRegistration(world.ctx);
    expect([looks() - before, known()], "the ninth goes by what is known").toEqual([1, undefined]);
    const from = performance.now();
    answer();
    await asked;
    await later;
    expect([looks() - before, known()]).toEqual([2, added.clientId]);
    await ask(8);
    expect(looks() - before).toBe(3);
    expect(performance.now() - from).toBeGreaterThan(95);
  });

  test("for five seconds at most, where the way to the database has fallen silent, and then again", async () => {
    const world = await newWorld();
    const wire = await tcpProxy(Number(new URL(world.appUrl).port));
    const db = connect(through(wire, world.appUrl), { max: 1 });
    onTestFinished(async () => {
      wire.cut();
      await db.$client.end();
      await wire.stop();
    });
    await lookAtRegistrations({ db, now: world.now });
    wire.fallSilent();
    await expect(lookForRegistration({ db, now: world.now })).rejects.toThrow("Query read timeout");
    const { clientId } = await addRelyingParty(world.ctx);
    await lookForRegistration(world.ctx);
    expect(registrationOf(clientId)?.clientId).toBe(clientId);
  });

  test("and again where the database did not answer, by as many", async () => {
    const world = await newWorld();
    const away = { db: { execute: () => Promise.reject(new Error("away")) } as never, now: world.now };
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lookForRegistration(away)));
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    const { clientId } = await addRelyingParty(world.ctx);
    await lookForRegistration(world.ctx);
    expect(registrationOf(clientId)?.clientId).toBe(clientId);
  });
});
