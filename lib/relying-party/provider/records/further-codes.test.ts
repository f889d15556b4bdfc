import { expect, test } from "vitest";
import { relyingPartySession } from "#db/schema/relying-party.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { oidcAtWork } from "#lib/testing/oidc-at-work.ts";

test("a further sign-in writes nothing but its code, until a minute has gone by or more is granted", async () => {
  const world = await newWorld();
  await using at = await oidcAtWork(world);
  const system = await at.system();
  const ada = await world.as(await world.account({ staffConfirmed: true }));
  const row = async () => {
    const { rows } = await world.owner.query<{ version: string; scopes: string[]; used: Date }>(
      "select xmin::text as version, scopes, last_used_at as used from relying_party_session",
    );
    expect(rows).toHaveLength(1);
    return rows[0];
  };
  await at.signIn(system, ada, { scope: "openid" });
  const first = await row();
  world.moveClock(seconds(59));
  await at.signIn(system, ada, { scope: "openid" });
  expect(await row()).toEqual(first);

  await at.signIn(system, ada, { scope: "openid email" });
  expect((await row())?.scopes).toEqual(expect.arrayContaining(["openid", "email"]));
  world.moveClock(minutes(1));
  await at.signIn(system, ada, { scope: "openid" });
  expect((await row())?.used).toEqual(world.now());
  expect(await world.db.select().from(relyingPartySession)).toMatchObject([{ endedAt: null }]);
  expect(await world.events("relying_party.signed_in")).toHaveLength(1);
  expect(at.faults).toEqual([]);
});
