import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { record } from "#lib/audit/record.ts";
import { days, hours } from "#lib/kernel/time.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { mayOffer, offerSecondFactor } from "./offer-second-factor.ts";
import { putOffSecondFactor } from "./put-off-second-factor.ts";

let world: World;
let ada: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  ada = await world.account();
});

const offered = async () => (await offerSecondFactor(world.ctx, ada.id)).offer;
const signIn = (whose = ada) =>
  world.db.transaction((tx) =>
    record(tx, world.ctx, {
      type: "sign_in.succeeded",
      accountId: whose.id,
      sessionId: randomUUID(),
      level: "aal1",
      newDevice: false,
      factors: ["password"],
    }),
  );
const putOff = async () => putOffSecondFactor(await world.as(ada), ada.id);

describe("a second factor is offered", () => {
  test("to whoever has none and never put it off", async () => {
    expect(await offered()).toBe(true);
  });

  test("to nobody who has one", async () => {
    await world.db
      .insert(totpCredential)
      .values({ accountId: ada.id, id: randomUUID(), secretSealed: "x", lastStep: 0, setAt: world.now() });
    const { offer, enrolled } = await offerSecondFactor(world.ctx, ada.id);
    expect(offer).toBe(false);
    expect(enrolled).toMatchObject({ totp: true, passkeys: 0 });
  });

  test("not again within a month, however often its owner signs in", async () => {
    await putOff();
    world.moveClock(days(30));
    world.moveClock(hours(-1));
    for (let n = 0; n < 5; n++) await signIn();
    expect(await offered()).toBe(false);
    world.moveClock(hours(1));
    expect(await offered()).toBe(true);
  });

  test("not again before three sign-ins, however long ago it was put off", async () => {
    await signIn();
    await putOff();
    world.moveClock(days(90));
    const somebodyElse = await world.account();
    for (const whose of [ada, somebodyElse, ada, somebodyElse]) {
      expect(await offered()).toBe(false);
      await signIn(whose);
    }
    expect(await offered()).toBe(false);
    await signIn();
    expect(await offered()).toBe(true);
  });

  test("by the rule alone: no second factor, a month, three sign-ins", () => {
    const now = world.now();
    const monthAgo = new Date(now.getTime() - days(30));
    const put = { hasSecondFactor: false, putOffAt: monthAgo, signInsSince: 3 };
    expect(mayOffer(put, now)).toBe(true);
    expect(mayOffer({ ...put, hasSecondFactor: true }, now)).toBe(false);
    expect(mayOffer({ ...put, signInsSince: 2 }, now)).toBe(false);
    expect(mayOffer({ ...put, putOffAt: new Date(monthAgo.getTime() + 1) }, now)).toBe(false);
  });
});

describe("putting it off", () => {
  test("counts once, however many times it is pressed at once", async () => {
    const owner = await world.as(ada);
    await Promise.all(Array.from({ length: 6 }, () => putOffSecondFactor(owner, ada.id)));
    expect(await world.events("enrolment_offer.put_off")).toMatchObject([{ accountId: ada.id, actorId: ada.id }]);
    expect((await world.reload(ada)).offerPutOffAt).toEqual(world.now());
  });

  test("from an old page does not begin the month anew", async () => {
    await putOff();
    const first = world.now();
    world.moveClock(days(10));
    await putOff();
    expect((await world.reload(ada)).offerPutOffAt).toEqual(first);
    expect(await world.events("enrolment_offer.put_off")).toHaveLength(1);
  });

  test("is its owner's alone", async () => {
    await putOff();
    const others = (await world.db.select().from(accounts)).filter(({ id }) => id !== ada.id);
    expect(others.every(({ offerPutOffAt }) => offerPutOffAt === null)).toBe(true);
  });
});
