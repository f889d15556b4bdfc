import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { googleLink, passkey } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { minutes } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { findGoogleLink } from "./find-google-link.ts";
import { linkGoogle } from "./link-google.ts";
import { recogniseGoogle } from "./recognise-google.ts";
import { unlinkGoogle } from "./unlink-google.ts";

const google = (n: number) => ({ subject: `10769150350006150715113082${n}`, email: `pegawai.${n}@contoh.example` });

const changes = async (world: World) => (await world.mails()).map(({ about }) => (about as { change?: string }).change);

describe("linking a Google account", () => {
  test("is told to the owner and the trail, and shows its address, which is sealed", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const ctx = await world.as(ada);
    const linked = await linkGoogle(ctx, google(1));
    expect(linked.ok).toBe(true);
    expect(await findGoogleLink(ctx, ada.id)).toMatchObject({
      email: google(1).email,
      linkedAt: world.now(),
      lastUsedAt: null,
    });
    const [row] = await world.db.select().from(googleLink);
    expect(row?.emailSealed).not.toContain("pegawai");
    expect(await changes(world)).toEqual(["google_linked"]);
    const [event] = await world.events("google.linked");
    expect(event).toMatchObject({ accountId: ada.id, data: { linkId: row?.id } });
  });

  test("needs a fresh proof at the account's level", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const ctx = await world.as(ada);
    world.moveClock(minutes(11));
    expect(await linkGoogle(ctx, google(1))).toEqual({ ok: false, error: "step_up" });
    expect(await linkGoogle(world.ctx, google(1))).toEqual({ ok: false, error: "signed_out" });
    await addPasskey(world, ada.id);
    expect(await linkGoogle(await world.as(ada), google(1))).toEqual({ ok: false, error: "step_up" });
    expect(await findGoogleLink(ctx, ada.id)).toBeNull();
    expect(await world.events()).toEqual([]);
  });

  test("a second time changes nothing, and another one is refused until the first is unlinked", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const first = await linkGoogle(ctx, google(1));
    expect(await linkGoogle(ctx, google(1))).toEqual(first);
    expect(await linkGoogle(ctx, google(2))).toEqual({ ok: false, error: "already_linked" });
    expect(await world.events("google.linked")).toHaveLength(1);
    await unlinkGoogle(ctx);
    expect((await linkGoogle(ctx, google(2))).ok).toBe(true);
  });

  test("is refused where it opens another account, and recorded", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    await linkGoogle(await world.as(ben), google(1));
    expect(await linkGoogle(await world.as(ada), google(1))).toEqual({ ok: false, error: "linked_elsewhere" });
    const [refused] = await world.events("google.refused");
    expect(refused).toMatchObject({ accountId: ada.id, data: { reason: "linked_elsewhere" } });
  });

  test("of eight accounts that link the same one at once, one has it", async () => {
    const world = await newWorld();
    const owners = await Promise.all(Array.from({ length: 8 }, async () => world.as(await world.account())));
    const answers = await Promise.all(owners.map((ctx) => linkGoogle(ctx, google(1))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error === "linked_elsewhere")).toHaveLength(7);
    expect(await world.events("google.linked")).toHaveLength(1);
  });

  test("of a closed account is possible again", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    await linkGoogle(await world.as(ben), google(1));
    await world.db.update(account).set({ status: "closed" }).where(eq(account.id, ben.id));
    expect((await linkGoogle(await world.as(ada), google(1))).ok).toBe(true);
  });
});

describe("unlinking it", () => {
  test("ends what it opened, keeps what else was proven, and is told", async () => {
    const world = await newWorld();
    const ada = await world.account({ password: true });
    const here = await world.as(ada);
    const linked = await linkGoogle(here, google(1));
    const linkId = linked.ok ? linked.value.linkId : "";
    const there = await world.as(ada, ["google"]);
    const byPassword = await world.as(ada);
    await world.db
      .update(session)
      .set({ proofs: [{ factor: "google", at: world.now().toISOString(), credential: linkId }] })
      .where(eq(session.id, there.actor.sessionId));

    expect(await unlinkGoogle(here)).toEqual({ ok: true, value: null });
    expect(await findSession(world.ctx, there.sessionToken)).toBeNull();
    expect(await findSession(world.ctx, here.sessionToken)).not.toBeNull();
    expect(await findSession(world.ctx, byPassword.sessionToken)).not.toBeNull();
    expect(await findGoogleLink(here, ada.id)).toBeNull();
    expect((await changes(world)).toSorted()).toEqual(["google_linked", "google_unlinked"]);
    expect(await world.events("google.unlinked")).toMatchObject([{ accountId: ada.id, data: { linkId } }]);
  });

  test("needs a fresh proof, and something to unlink", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account({ password: true }));
    expect(await unlinkGoogle(ctx)).toEqual({ ok: false, error: "not_linked" });
    await linkGoogle(ctx, google(1));
    world.moveClock(minutes(11));
    expect(await unlinkGoogle(ctx)).toEqual({ ok: false, error: "step_up" });
  });

  test("is refused where nothing else would open the account", async () => {
    const world = await newWorld();
    const ada = await world.account({ password: true });
    const ctx = await world.as(ada);
    await linkGoogle(ctx, google(1));
    await world.db.update(account).set({ emailCodeOn: false }).where(eq(account.id, ada.id));
    await world.db.update(passwordCredential).set({ disabledAt: world.now() });
    expect(await unlinkGoogle(ctx)).toEqual({ ok: false, error: "last_way" });
    await world.db.update(account).set({ emailCodeOn: true }).where(eq(account.id, ada.id));
    expect((await unlinkGoogle(ctx)).ok).toBe(true);
  });

  test("by twenty at once happens once", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account({ password: true }));
    await linkGoogle(ctx, google(1));
    const answers = await Promise.all(Array.from({ length: 20 }, () => unlinkGoogle(ctx)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("google.unlinked")).toHaveLength(1);
  });
});

describe("recognising it", () => {
  test("names the account, remembers when it was used, and takes over an address that has changed", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const ctx = await world.as(ada);
    const linked = await linkGoogle(ctx, google(1));
    world.moveClock(minutes(5));
    const moved = { ...google(1), email: "alamat.baharu@contoh.example" };
    expect(await recogniseGoogle(world.ctx, moved)).toEqual({
      ok: true,
      value: { accountId: ada.id, linkId: linked.ok && linked.value.linkId },
    });
    expect(await findGoogleLink(ctx, ada.id)).toMatchObject({ email: moved.email, lastUsedAt: world.now() });
  });

  test("by its address alone is no recognising", async () => {
    const world = await newWorld();
    await linkGoogle(await world.as(await world.account()), google(1));
    const other = { subject: google(2).subject, email: google(1).email };
    expect(await recogniseGoogle(world.ctx, other)).toEqual({ ok: false, error: "not_linked" });
  });

  test.each(["suspended", "locked", "closed"] as const)(
    "of an account that is %s is answered as one that is not linked, and recorded as what it was",
    async (status) => {
      const world = await newWorld();
      const ada = await world.account();
      await linkGoogle(await world.as(ada), google(1));
      await world.db.update(account).set({ status }).where(eq(account.id, ada.id));
      expect(await recogniseGoogle(world.ctx, google(1))).toEqual(await recogniseGoogle(world.ctx, google(2)));
      expect((await world.events("google.refused")).map(({ accountId, data }) => [accountId, data])).toEqual([
        [ada.id, { reason: "not_activated" }],
        [null, { reason: "not_linked" }],
      ]);
      expect((await findGoogleLink(world.ctx, ada.id))?.lastUsedAt).toBeNull();
    },
  );
});

async function addPasskey(world: World, accountId: string): Promise<void> {
  await world.db.insert(passkey).values({
    id: randomUUID(),
    accountId,
    credentialId: randomUUID(),
    publicKey: "x",
    counter: 0,
    aaguid: randomUUID(),
    transports: [],
    backupEligible: false,
    backedUp: false,
    name: "Kunci laluan",
    createdAt: world.now(),
    createdFrom: "Chrome pada Windows",
  });
}
