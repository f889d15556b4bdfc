import { randomUUID } from "node:crypto";
import { eq, isNull } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { session } from "#db/schema/session.ts";
import { signInCeremony } from "#db/schema/sign-in.ts";
import { assuranceOf, type Factor, type Proof } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { endSessionsOf, openingFactors, type WhichSessions } from "./end-sessions.ts";
import { findSession } from "./session.ts";

const PASSKEY = randomUUID();
const TOTP = randomUUID();

const end = (ctx: Context, accountId: string, which: WhichSessions, why = "a_reason") =>
  ctx.db.transaction((tx) => endSessionsOf(tx, ctx, accountId, which, why));

/** A session of somebody with exactly these proofs. */
async function holding(world: World, whose: { id: string }, ...proofs: [Factor, string?][]): Promise<SignedIn> {
  const ctx = await world.as(whose);
  const at = world.now().toISOString();
  const held = proofs.map(([factor, credential]): Proof => ({ factor, at, ...(credential && { credential }) }));
  await world.db.update(session).set({ proofs: held }).where(eq(session.id, ctx.actor.sessionId));
  return ctx;
}

async function underWay(world: World, accountId: string, sessionId: string | null, proofs: Proof[] = []) {
  const id = randomUUID();
  const asked = { step: "prove", required: "aal2", identityIndex: "x", startedAt: world.now() } as const;
  await world.db.insert(signInCeremony).values({ ...asked, id, tokenDigest: id, accountId, sessionId, proofs });
  return id;
}

const factorsOf = async (ctx: SignedIn) => (await findSession(ctx, ctx.sessionToken))?.proofs.map((p) => p.factor);
const endedIds = async (world: World) =>
  (await world.events("session.ended")).map(({ data }) => (data as { sessionId: string }).sessionId);

describe("ending all sessions of an account", () => {
  test("leaves the one that is excepted and everybody else's, and tells of each", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const [here, there, elsewhere, his] = [
      await world.as(ada),
      await world.as(ada),
      await world.as(ada),
      await world.as(ben),
    ];
    const ended = await end(here, ada.id, { all: true, except: here.actor.sessionId });
    const others = [there.actor.sessionId, elsewhere.actor.sessionId].toSorted();
    expect(ended.toSorted()).toEqual(others);
    expect((await endedIds(world)).toSorted()).toEqual(others);
    expect(await factorsOf(here)).toEqual(["password"]);
    expect(await factorsOf(his)).toEqual(["password"]);
    for (const gone of [there, elsewhere]) expect(await findSession(gone, gone.sessionToken)).toBeNull();
    await end(here, ada.id, { all: true });
    expect(await findSession(here, here.sessionToken)).toBeNull();
    expect(await world.events("session.ended")).toHaveLength(3);
  });

  test("ends sign-ins under way too, but for the step-up of the session that stays", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const here = await world.as(ada);
    await underWay(world, ada.id, null);
    await underWay(world, ada.id, (await world.as(ada)).actor.sessionId);
    const kept = [await underWay(world, ada.id, here.actor.sessionId), await underWay(world, ben.id, null)];
    await end(here, ada.id, { all: true, except: here.actor.sessionId });
    const left = await world.db.select({ id: signInCeremony.id }).from(signInCeremony);
    expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
  });

  test("fifty times at once ends each once", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const open = await Promise.all(Array.from({ length: 8 }, () => world.as(ada)));
    const [here] = open;
    if (!here) throw new Error("no session");
    await Promise.all(Array.from({ length: 50 }, () => end(here, ada.id, { all: true })));
    expect(await world.db.select().from(session).where(isNull(session.endedAt))).toEqual([]);
    expect((await endedIds(world)).toSorted()).toEqual(open.map(({ actor }) => actor.sessionId).toSorted());
  });
});

describe("ending the sessions a credential opened", () => {
  test("ends the others that hold it; the one that acts keeps what else it has proven", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const here = await holding(world, ada, ["password"], ["passkey_verified", PASSKEY], ["totp", TOTP]);
    const both = await holding(world, ada, ["password"], ["passkey_verified", PASSKEY]);
    const other = await holding(world, ada, ["password"], ["totp", TOTP]);
    expect(await end(here, ada.id, { credential: PASSKEY })).toEqual([both.actor.sessionId]);
    expect(await factorsOf(here)).toEqual(["password", "totp"]);
    expect(await factorsOf(other)).toEqual(["password", "totp"]);
    expect(await findSession(both, both.sessionToken)).toBeNull();
    expect(await endedIds(world)).toEqual([both.actor.sessionId]);
  });

  test.each([[["passkey_verified"]], [["recovery_code", "passkey_verified"]]] as const)(
    "ends the one that acts where nothing is left that opens it: %j",
    async (factors) => {
      const world = await newWorld();
      const ada = await world.account();
      const proofs = factors.map((factor): [Factor, string?] =>
        factor === "recovery_code" ? [factor] : [factor, PASSKEY],
      );
      const here = await holding(world, ada, ...proofs);
      expect(await end(here, ada.id, { credential: PASSKEY })).toEqual([here.actor.sessionId]);
      expect(await findSession(here, here.sessionToken)).toBeNull();
    },
  );

  test("takes its proofs from sign-ins under way, whose other proofs stay", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const at = world.now().toISOString();
    const id = await underWay(world, ada.id, null, [
      { factor: "totp", at, credential: TOTP },
      { factor: "email_code", at },
    ]);
    await end(await world.as(ada), ada.id, { credential: TOTP });
    expect(await world.db.select().from(signInCeremony)).toMatchObject([{ id, proofs: [{ factor: "email_code" }] }]);
  });

  test("knows which proofs open a session without another: any set opens when one of it does", () => {
    const all: Factor[] = [
      "password",
      "totp",
      "recovery_code",
      "passkey_verified",
      "passkey_present",
      "email_code",
      "google",
    ];
    for (let bits = 0; bits < 2 ** all.length; bits++) {
      const set = all.filter((_, i) => bits & (1 << i));
      expect(set.some((factor) => openingFactors.includes(factor))).toBe(
        assuranceOf(set.map((factor) => ({ factor }))) !== null,
      );
    }
  });
});
