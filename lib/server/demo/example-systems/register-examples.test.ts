import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { relyingParty, relyingPartyRole, relyingPartyRoleGrant, relyingPartySecret } from "#db/schema/relying-party.ts";
import { digest } from "#lib/kernel/digest.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { registerExamples } from "./register-examples.ts";

test("a later start brings the addresses of the example systems up to date, and nothing else", async () => {
  const { ctx } = await newWorld();
  const { db } = ctx;
  const first = await registerExamples(ctx, "http://127.0.0.1:3001");
  const disabledAt = ctx.now();
  await db.update(relyingParty).set({ disabledAt, name: "Cuti" }).where(eq(relyingParty.clientId, "contoh-cuti"));

  expect(await registerExamples(ctx, "http://127.0.0.1:3999")).toEqual(first);
  const systems = await db.select().from(relyingParty);
  expect(systems).toHaveLength(3);
  expect(systems.find(({ clientId }) => clientId === "contoh-cuti")).toMatchObject({
    name: "Cuti",
    disabledAt,
    redirectUris: ["http://127.0.0.1:3999/cuti/callback"],
    backchannelLogoutUri: "http://127.0.0.1:3999/cuti/backchannel-logout",
  });
  expect(await db.select().from(relyingPartyRole)).toHaveLength(3);
  const secrets = await db.select().from(relyingPartySecret);
  expect(secrets.map((one) => one.digest).sort()).toEqual(
    Object.values(first)
      .map(({ clientSecret }) => digest(clientSecret))
      .sort(),
  );
});

test("the people of the demonstration hold the roles of one system; of another nobody does", async () => {
  const { ctx, ...world } = await newWorld();
  const aisyah = await world.account({ identity: { type: "mykad", number: "900101140000" } });
  await registerExamples(ctx, "http://127.0.0.1:3001");
  await registerExamples(ctx, "http://127.0.0.1:3001");
  const held = await ctx.db
    .select({ accountId: relyingPartyRoleGrant.accountId, key: relyingPartyRole.key })
    .from(relyingPartyRoleGrant)
    .innerJoin(relyingPartyRole, eq(relyingPartyRole.id, relyingPartyRoleGrant.roleId));
  expect(held).toEqual([{ accountId: aisyah.id, key: "penyedia" }]);
});
