import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { passkey, totpCredential, usedChallenge } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import type { Factor } from "#lib/assurance/assurance.ts";
import { digest } from "#lib/kernel/digest.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, optionsToAdd, phoneOf } from "#lib/testing/passkeys.ts";
import { addPasskey } from "./add-passkey.ts";
import { PASSKEYS_MAX, passkeyCreationOptions } from "./begin-passkey.ts";
import { listPasskeys, passkeySignals } from "./list-passkeys.ts";
import { removePasskey } from "./remove-passkey.ts";
import { renamePasskey } from "./rename-passkey.ts";

const GOOGLE = "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4";

/** A world with an owner who has just proven their password, and a phone. */
async function somebody({ password = true }: { password?: boolean } = {}) {
  const world = await newWorld();
  const owner = await world.account(password ? { password: true } : {});
  const ctx = await world.as(owner);
  return { world, owner, ctx, phone: phoneOf(ctx) };
}

const kept = (world: World) => world.db.select().from(passkey);

/** Puts an authenticator app in place, so that the account has another second factor. */
const giveApp = (world: World, owner: { id: string }) =>
  world.db
    .insert(totpCredential)
    .values({ accountId: owner.id, id: randomUUID(), secretSealed: "sealed", lastStep: 0, setAt: world.now() });

describe("the options of a new passkey", () => {
  test("name the person by mailbox and name, under a random handle that stays", async () => {
    const { world, owner, ctx } = await somebody();
    const [first, second] = await Promise.all([optionsToAdd(ctx), optionsToAdd(ctx)]);
    expect(first.user).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/),
      name: owner.officialEmail,
      displayName: owner.fullName,
    });
    expect(second.user).toEqual(first.user);
    expect((await world.reload(owner)).userHandle).toBe(first.user.id);
    expect((await optionsToAdd(await world.as(owner))).user).toEqual(first.user);
    expect(first.rp.id).toBe(ctx.policy.passkeyRpId);
  });

  test("leave out the authenticators that hold one already", async () => {
    const { world, owner, ctx, phone } = await somebody();
    await enrolPasskey(ctx, phone);
    const again = await optionsToAdd(await world.as(owner, ["passkey_verified"]));
    expect(again.excludeCredentials).toEqual([
      { id: phone.held[0]?.id, type: "public-key", transports: ["internal", "hybrid"] },
    ]);
  });

  test("are for the signed in alone, with a fresh proof", async () => {
    const { world, owner, ctx } = await somebody();
    expect(await passkeyCreationOptions(world.ctx)).toEqual({ ok: false, error: "signed_out" });
    world.moveClock(minutes(11));
    expect(await passkeyCreationOptions(ctx)).toEqual({ ok: false, error: "step_up" });
    await world.db.update(account).set({ status: "suspended" }).where(eq(account.id, owner.id));
    expect(await passkeyCreationOptions(ctx)).toEqual({ ok: false, error: "signed_out" });
  });
});

describe("adding a passkey", () => {
  test("keeps it under its provider's name, switches two factors on, tells the trail and the owner", async () => {
    const { world, owner, ctx } = await somebody();
    const phone = phoneOf(ctx, { aaguid: GOOGLE });
    const added = await enrolPasskey(ctx, phone);
    expect(added.name).toBe("Google Password Manager");
    expect(await kept(world)).toMatchObject([
      {
        id: added.passkeyId,
        accountId: owner.id,
        credentialId: phone.held[0]?.id,
        aaguid: GOOGLE,
        createdFrom: "Chrome pada Windows",
        lastUsedAt: null,
      },
    ]);
    expect((await world.reload(owner)).asksTwoFactors).toBe(true);
    expect(await world.events("passkey.added")).toMatchObject([
      {
        accountId: owner.id,
        actorKind: "account",
        data: { passkeyId: added.passkeyId, aaguid: GOOGLE, backedUp: true },
      },
    ]);
    expect((await world.mails()).map(({ about }) => about)).toMatchObject([{ change: "passkey_added" }]);
  });

  test("has proven it to the session that made it, which gets a new secret; to no other", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const other = await world.as(owner);
    const { passkeyId, sessionToken } = await enrolPasskey(ctx, phone);
    const [own] = await world.db.select().from(session).where(eq(session.id, ctx.actor.sessionId));
    expect(own?.proofs).toMatchObject([
      { factor: "password" },
      { factor: "passkey_verified", credential: passkeyId, at: world.now().toISOString() },
    ]);
    expect(own?.tokenDigest).toBe(digest(sessionToken ?? ""));
    expect(await renamePasskey(ctx, passkeyId, "Telefon")).toEqual({ ok: true, value: null });
    expect(await renamePasskey(other, passkeyId, "Telefon")).toEqual({ ok: false, error: "step_up" });
  });

  test("leaves the switch as its owner set it where there was a second factor already", async () => {
    const { world, owner } = await somebody();
    await giveApp(world, owner);
    const ctx = await world.as(owner, ["password", "totp"]);
    await enrolPasskey(ctx, phoneOf(ctx));
    expect((await world.reload(owner)).asksTwoFactors).toBe(false);
  });

  test("names it as its owner wishes, or after the browser where it does not say who keeps it", async () => {
    const { world, owner, ctx, phone } = await somebody();
    expect((await enrolPasskey(ctx, phone)).name).toBe("Kunci laluan (Chrome pada Windows)");
    const later = await world.as(owner, ["passkey_verified"]);
    expect((await enrolPasskey(later, phone)).name).toBe("Kunci laluan (Chrome pada Windows) 2");
    const named = await addPasskey(later, phone.create(await optionsToAdd(later)), "  Telefon kerja ");
    expect(named).toMatchObject({ ok: true, value: { name: "Telefon kerja" } });
    const unfit = await addPasskey(later, phone.create(await optionsToAdd(later)), "Telefon\nkerja");
    expect(unfit).toEqual({ ok: false, error: "control_characters" });
  });

  test.each<[string, Parameters<ReturnType<typeof phoneOf>["create"]>[1]]>([
    ["another origin", { clientData: { origin: "https://contoh.example.gov.my" } }],
    ["another relying party", { rpId: "contoh.example.gov.my" }],
    ["no user verified", { uv: false }],
    ["an algorithm that was not asked for", { algorithm: -35 }],
  ])("is refused for %s, and nothing is kept", async (_, twist) => {
    const { world, ctx, phone } = await somebody();
    const refused = await addPasskey(ctx, phone.create(await optionsToAdd(ctx), twist));
    expect(refused).toEqual({ ok: false, error: "passkey_refused" });
    expect(await kept(world)).toEqual([]);
    expect(await world.db.select().from(usedChallenge)).toEqual([]);
    expect(await world.mails()).toEqual([]);
  });

  test("answers a challenge of this session, of the last five minutes, once", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const other = await world.as(owner);
    const refused = { ok: false, error: "passkey_refused" };
    const foreign = { ...(await optionsToAdd(ctx)), challenge: randomBytes(54).toString("base64url") };
    expect(await addPasskey(ctx, phone.create(foreign))).toEqual(refused);
    expect(await addPasskey(other, phone.create(await optionsToAdd(ctx)))).toEqual(refused);

    const options = await optionsToAdd(ctx);
    expect(await addPasskey(ctx, phone.create(options))).toMatchObject({ ok: true });
    expect(await addPasskey(await world.as(owner), phone.create(options))).toEqual({ ok: false, error: "step_up" });
    expect(await addPasskey(ctx, phone.create(options))).toEqual(refused);

    const late = phone.create(await optionsToAdd(ctx));
    world.moveClock(minutes(5));
    expect(await addPasskey(ctx, late)).toEqual(refused);
    expect(await kept(world)).toHaveLength(1);
  });

  test("may take the minutes of its challenge, once it was begun with a fresh proof", async () => {
    const { world, ctx, phone } = await somebody();
    world.moveClock(minutes(9));
    const begun = phone.create(await optionsToAdd(ctx));
    world.moveClock(minutes(4));
    expect(await addPasskey(ctx, begun)).toMatchObject({ ok: true });
  });

  test("of a credential that anybody has is refused, whoever asks", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const credentialId = randomBytes(32);
    await enrolPasskey(ctx, phone, { credentialId });
    const taken = { ok: false, error: "passkey_taken" };
    const own = await world.as(owner, ["passkey_verified"]);
    expect(await addPasskey(own, phone.create(await optionsToAdd(own), { credentialId }))).toEqual(taken);
    const other = await world.as(await world.account());
    expect(await addPasskey(other, phone.create(await optionsToAdd(other), { credentialId }))).toEqual(taken);
    expect(await kept(world)).toMatchObject([{ accountId: owner.id }]);
    expect((await world.reload({ id: other.actor.accountId })).asksTwoFactors).toBe(false);
  });

  test("of one credential on two accounts at once succeeds for one", async () => {
    const world = await newWorld();
    const owners = await Promise.all(Array.from({ length: 6 }, () => world.account()));
    const sessions = await Promise.all(owners.map((owner) => world.as(owner)));
    const credentialId = randomBytes(32);
    const phone = phoneOf(world.ctx);
    const answers = await Promise.all(
      sessions.map(async (ctx) => [ctx, phone.create(await optionsToAdd(ctx), { credentialId })] as const),
    );
    const added = await Promise.all(answers.map(([ctx, answer]) => addPasskey(ctx, answer)));
    expect(added.filter(({ ok }) => ok)).toHaveLength(1);
    expect(added.filter((one) => !one.ok && one.error === "passkey_taken")).toHaveLength(5);
    expect(await kept(world)).toHaveLength(1);
  });

  test("of one answer posted many times at once succeeds once", async () => {
    const { world, ctx, phone } = await somebody();
    const answer = phone.create(await optionsToAdd(ctx));
    const added = await Promise.all(Array.from({ length: 10 }, () => addPasskey(ctx, answer)));
    expect(added.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await kept(world)).toHaveLength(1);
    expect(await world.mails()).toHaveLength(1);
  });

  test(`ends at ${PASSKEYS_MAX} an account, however many come at once`, async () => {
    const { world, owner, ctx, phone } = await somebody();
    await enrolPasskey(ctx, phone);
    const later = await world.as(owner, ["passkey_verified"]);
    for (let n = 1; n < PASSKEYS_MAX - 1; n += 1) await enrolPasskey(later, phone);
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(phone.create(await optionsToAdd(later)));
    const added = await Promise.all(answers.map((answer) => addPasskey(later, answer)));
    expect(added.filter(({ ok }) => ok)).toHaveLength(1);
    expect(added.filter((one) => !one.ok && one.error === "too_many_passkeys")).toHaveLength(3);
    expect(await passkeyCreationOptions(later)).toEqual({ ok: false, error: "too_many_passkeys" });
    expect(await kept(world)).toHaveLength(PASSKEYS_MAX);
  });

  test("begun on one instance is finished on another", async () => {
    const { world, ctx, phone } = await somebody();
    const other = connect(world.appUrl, { max: 2 });
    try {
      expect(await addPasskey({ ...ctx, db: other }, phone.create(await optionsToAdd(ctx)))).toMatchObject({
        ok: true,
      });
    } finally {
      await other.$client.end();
    }
  });
});

describe("the owner's list", () => {
  test("shows each with its provider, and the browser is told which are accepted", async () => {
    const { world, owner, ctx } = await somebody();
    expect(await passkeySignals(ctx)).toBeNull();
    const phone = phoneOf(ctx, { aaguid: GOOGLE });
    await enrolPasskey(ctx, phone);
    world.moveClock(seconds(1));
    const key = phoneOf(ctx, { synced: false });
    await enrolPasskey(await world.as(owner, ["passkey_verified"]), key);
    await enrolPasskey(await world.as(await world.account()), phoneOf(ctx));
    expect(await listPasskeys(ctx)).toMatchObject([
      { name: "Google Password Manager", provider: "Google Password Manager", synced: true, lastUsedAt: null },
      { name: "Kunci laluan (Chrome pada Windows)", provider: null, synced: false, createdFrom: "Chrome pada Windows" },
    ]);
    expect(await passkeySignals(ctx)).toEqual({
      rpId: ctx.policy.passkeyRpId,
      userId: (await world.reload(owner)).userHandle,
      credentialIds: expect.arrayContaining([phone.held[0]?.id, key.held[0]?.id]),
      name: owner.officialEmail,
      displayName: owner.fullName,
    });
    expect(await listPasskeys(world.ctx)).toEqual([]);
  });
});

describe("renaming a passkey", () => {
  test("is its owner's alone, with a fresh proof, and a name that anybody can read", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const { passkeyId } = await enrolPasskey(ctx, phone);
    const fresh = await world.as(owner, ["passkey_verified"]);
    expect(await renamePasskey(fresh, passkeyId, " Telefon\u0301 ")).toEqual({ ok: true, value: null });
    expect(await listPasskeys(ctx)).toMatchObject([{ name: "Telefo\u0144" }]);
    expect(await world.events("passkey.renamed")).toMatchObject([{ accountId: owner.id, data: { passkeyId } }]);

    const rename = (name: string) => renamePasskey(fresh, passkeyId, name);
    expect(await rename(" ")).toEqual({ ok: false, error: "missing" });
    expect(await rename("x".repeat(60))).toEqual({ ok: true, value: null });
    expect(await rename("x".repeat(61))).toEqual({ ok: false, error: "too_long" });
    expect(await rename("\u202Enofelet")).toEqual({ ok: false, error: "bidi_override" });
    expect(await renamePasskey(fresh, "no id\0", "Telefon")).toEqual({ ok: false, error: "not_found" });
    const password = await world.as(owner);
    expect(await renamePasskey(password, passkeyId, "Telefon")).toEqual({ ok: false, error: "step_up" });
    const stranger = await world.as(await world.account());
    expect(await renamePasskey(stranger, passkeyId, "Telefon")).toEqual({ ok: false, error: "not_found" });
  });
});

describe("removing a passkey", () => {
  const proven = (world: World, owner: { id: string }, factors: Factor[] = ["passkey_verified"]) =>
    world.as(owner, factors);

  test("says what is left, ends what it opened, tells the trail and the owner", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const { passkeyId } = await enrolPasskey(ctx, phone);
    world.moveClock(seconds(1));
    const opened = await proven(world, owner);
    const proofs = [{ factor: "passkey_verified", at: world.now().toISOString(), credential: passkeyId }];
    await world.db.update(session).set({ proofs }).where(eq(session.id, opened.actor.sessionId));
    const acting = await proven(world, owner, ["passkey_verified"]);

    expect(await removePasskey(acting, passkeyId)).toMatchObject({
      ok: true,
      value: { left: { password: true, passkeys: 0 } },
    });
    expect(await kept(world)).toEqual([]);
    const [ended] = await world.db.select().from(session).where(eq(session.id, opened.actor.sessionId));
    expect(ended).toMatchObject({ endedWhy: "passkey_removed" });
    expect(await world.events("passkey.removed")).toMatchObject([{ accountId: owner.id, data: { passkeyId } }]);
    expect((await world.mails()).map(({ about }) => about)).toMatchObject([
      { change: "passkey_added" },
      { change: "passkey_removed" },
    ]);
    expect(await removePasskey(acting, passkeyId)).toEqual({ ok: false, error: "not_found" });
  });

  test("is its owner's alone, with a fresh proof", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const { passkeyId } = await enrolPasskey(ctx, phone);
    expect(await removePasskey(await world.as(owner), passkeyId)).toEqual({ ok: false, error: "step_up" });
    expect(await removePasskey(world.ctx, passkeyId)).toEqual({ ok: false, error: "signed_out" });
    expect(await removePasskey(await world.as(await world.account()), passkeyId)).toEqual({
      ok: false,
      error: "not_found",
    });
    expect(await kept(world)).toHaveLength(1);
  });

  test("is refused for the last second factor where the agency asks everybody for one", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const first = await enrolPasskey(ctx, phone);
    const strict = { ...(await proven(world, owner)), policy: { ...ctx.policy, twoFactors: "always" as const } };
    expect(await removePasskey(strict, first.passkeyId)).toEqual({ ok: false, error: "last_factor" });
    await giveApp(world, owner);
    expect(await removePasskey(strict, first.passkeyId)).toMatchObject({ ok: true });
  });

  test("is refused where nothing would be left that opens the account", async () => {
    const { world, owner, ctx, phone } = await somebody({ password: false });
    const { passkeyId } = await enrolPasskey(ctx, phone);
    const acting = await proven(world, owner);
    await world.db.update(account).set({ emailCodeOn: false }).where(eq(account.id, owner.id));
    expect(await removePasskey(acting, passkeyId)).toEqual({ ok: false, error: "last_factor" });
    await world.db.update(account).set({ emailCodeOn: true }).where(eq(account.id, owner.id));
    expect(await removePasskey(acting, passkeyId)).toMatchObject({ ok: true });
  });

  test("of two at once leaves one where one is asked for", async () => {
    const { world, owner, ctx, phone } = await somebody();
    const first = await enrolPasskey(ctx, phone);
    const second = await enrolPasskey(await proven(world, owner), phone);
    const policy = { ...ctx.policy, twoFactors: "always" as const };
    const acting = await Promise.all([proven(world, owner), proven(world, owner)]);
    const removed = await Promise.all(
      [first, second].map(({ passkeyId }, n) => removePasskey({ ...(acting[n] ?? ctx), policy }, passkeyId)),
    );
    expect(removed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await kept(world)).toHaveLength(1);
  });
});
