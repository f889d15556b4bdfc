import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import {
  googleLink,
  passkey,
  recoveryCode,
  recoveryCodeSet,
  securityPhrase,
  totpCredential,
} from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { surveySecurity } from "./survey-security.ts";

let world: World;
let ada: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ password: true });
});

const surveyOf = async (whose = ada) => {
  const { actor } = await world.as(whose);
  return surveySecurity(world.ctx, actor);
};

async function addPasskey(whose: WorldAccount, name: string, backedUp: boolean): Promise<void> {
  await world.db.insert(passkey).values({
    id: randomUUID(),
    accountId: whose.id,
    credentialId: randomUUID(),
    publicKey: "x",
    counter: 0,
    aaguid: randomUUID(),
    transports: ["internal"],
    backupEligible: backedUp,
    backedUp,
    name,
    createdAt: world.now(),
    createdFrom: "Chrome pada Windows",
    lastUsedAt: backedUp ? world.now() : null,
  });
}

describe("the survey of an account", () => {
  test("with a password alone tells of nothing else", async () => {
    const survey = await surveyOf();
    expect(survey).toMatchObject({
      enrolled: { password: true, passkeys: 0, totp: false, recoveryCodesLeft: 0, emailCode: true, google: false },
      passwordSetAt: world.now(),
      passkeys: [],
      totp: null,
      recoveryCodes: 0,
      phraseSet: false,
      questions: 0,
      googleLinkedAt: null,
      sessionCount: 1,
    });
  });

  test("tells of all it has, and of nobody else's", async () => {
    const bob = await world.account({ password: true });
    const at = world.now();
    await addPasskey(bob, "Telefon Bob", true);
    await addPasskey(ada, "Komputer pejabat", false);
    world.moveClock(minutes(1));
    await addPasskey(ada, "Telefon Ada", true);
    await world.db
      .insert(totpCredential)
      .values({ accountId: ada.id, id: randomUUID(), secretSealed: "x", lastStep: 0, setAt: at, lastUsedAt: at });
    await world.db.insert(recoveryCodeSet).values({ accountId: ada.id, salt: "x", madeAt: at });
    await world.db
      .insert(recoveryCode)
      .values([1, 2, 3].map((n) => ({ accountId: ada.id, position: n, hash: "x", usedAt: n === 1 ? at : null })));
    await world.db.insert(securityPhrase).values({ accountId: ada.id, phraseSealed: "x", setAt: at });
    await world.db
      .insert(googleLink)
      .values({ accountId: ada.id, id: randomUUID(), subject: "1", emailSealed: "x", linkedAt: at });

    const survey = await surveyOf();
    expect(survey.enrolled).toMatchObject({ passkeys: 2, totp: true, recoveryCodesLeft: 2, google: true });
    expect(survey.passkeys).toMatchObject([
      { name: "Komputer pejabat", backedUp: false, createdAt: at, lastUsedAt: null },
      { name: "Telefon Ada", backedUp: true, createdAt: world.now(), lastUsedAt: world.now() },
    ]);
    expect(survey).toMatchObject({
      totp: { setAt: at, lastUsedAt: at },
      recoveryCodes: 3,
      phraseSet: true,
      googleLinkedAt: at,
    });
    expect((await surveyOf(bob)).enrolled).toMatchObject({ passkeys: 1, totp: false, google: false });
  });

  test("counts the sessions that are open, names three, this one first", async () => {
    await world.as(ada);
    await world.db.update(session).set({ endedAt: world.now() });
    const asks = await world.as(ada);
    for (let n = 0; n < 4; n++) {
      world.moveClock(minutes(1));
      await world.as(ada);
    }
    const survey = await surveySecurity(world.ctx, asks.actor);
    expect(survey.sessionCount).toBe(5);
    expect(survey.sessions.map(({ here }) => here)).toEqual([true, false, false]);
    expect(survey.sessions[1]?.lastSeenAt).toEqual(world.now());

    world.moveClock(minutes(28));
    const later = await surveySecurity(world.ctx, asks.actor);
    expect(later.sessionCount, "those idle for half an hour are over").toBe(2);
  });
});
