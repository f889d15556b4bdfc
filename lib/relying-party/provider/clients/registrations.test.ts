import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { relyingParty } from "#db/schema/relying-party.ts";
import { answeredLater } from "#lib/testing/answered-later.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
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
  test("once for all who ask at a moment, again after it, and by eight of them at most", async () => {
    const world = await newWorld();
    await lookForRegistration(world.ctx);
    const { slow, read, answer } = answeredLater(world.db);
    const asked = Array.from({ length: 8 }, () => lookForRegistration({ db: slow, now: world.now }));
    await read;
    const [first, second] = [await addRelyingParty(world.ctx), await addRelyingParty(world.ctx)];
    await lookForRegistration(world.ctx);
    expect(registrationOf(first.clientId), "the ninth goes by what is known").toBeUndefined();
    answer();
    await Promise.all(asked);
    await Promise.all([first, second].map(() => lookForRegistration(world.ctx)));
    expect([first, second].map(({ clientId }) => registrationOf(clientId)?.clientId)).toEqual([
      first.clientId,
      second.clientId,
    ]);
  });

  test("and again where the database did not answer", async () => {
    const world = await newWorld();
    const away = { db: { execute: () => Promise.reject(new Error("away")) } as never, now: world.now };
    const asked = await Promise.allSettled([lookForRegistration(away), lookForRegistration(away)]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const { clientId } = await addRelyingParty(world.ctx);
    await lookForRegistration(world.ctx);
    expect(registrationOf(clientId)?.clientId).toBe(clientId);
  });
});
