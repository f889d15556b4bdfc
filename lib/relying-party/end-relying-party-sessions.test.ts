import { expect, test } from "vitest";
import { oidcRecord, relyingPartySession } from "#db/schema/relying-party.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { endRelyingPartySessions } from "./end-relying-party-sessions.ts";

test("somebody’s sign-in at one system ends and is owed to it; at another, and of others, it stays", async () => {
  const world = await newWorld();
  const [ada, ben] = [await world.account(), await world.account()];
  const told = await addRelyingParty(world.ctx, {
    backchannelLogoutUri: "https://cuti.contoh.example.gov.my/logout",
  });
  const other = await addRelyingParty(world.ctx);
  const [asAda, asBen] = [await world.as(ada), await world.as(ben)];
  const { id } = await addRelyingPartySession(world.ctx, asAda, told);
  const { id: kept } = await addRelyingPartySession(world.ctx, asAda, other);
  const token = { model: "AccessToken", payloadSealed: "", expiresAt: after(world.ctx.now(), minutes(10)) };
  await world.ctx.db
    .insert(oidcRecord)
    .values([id, kept].map((grantId) => ({ ...token, grantId, idDigest: digest(grantId) })));
  await addRelyingPartySession(world.ctx, asBen, told);

  const end = () =>
    world.ctx.db.transaction((tx) =>
      endRelyingPartySessions(tx, asAda, { accountId: ada.id, relyingPartyId: told.id }, "signed_out_of_system"),
    );
  expect(await end()).toBe(1);
  expect(await end()).toBe(0);

  const ended = (await world.ctx.db.select().from(relyingPartySession)).filter(({ endedAt }) => endedAt !== null);
  expect(ended).toMatchObject([{ id, endedWhy: "signed_out_of_system", logoutDueAt: world.ctx.now() }]);
  expect(await world.ctx.db.select({ grantId: oidcRecord.grantId }).from(oidcRecord)).toEqual([{ grantId: kept }]);
  expect(await world.events()).toEqual([expect.objectContaining({ type: "relying_party.signed_out" })]);
});
