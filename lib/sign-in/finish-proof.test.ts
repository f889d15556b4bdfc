import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { openAttempt } from "./attempt.ts";
import { beginSignIn, beginSignInOf } from "./begin-sign-in.ts";
import { beginStepUp, beginStepUpFor } from "./begin-step-up.ts";
import { finishProof } from "./finish-proof.ts";
import { provePassword } from "./prove-password.ts";

const TOTP_ID = "0198c0de-0000-7000-8000-000000000001";

/** Somebody with an authenticator app, who asks for two factors every time unless told otherwise. */
async function somebody({
  asksTwoFactors = true,
  password = true,
}: {
  asksTwoFactors?: boolean;
  password?: boolean;
} = {}) {
  const world = await newWorld();
  const owner = await world.account(password ? { password: GOOD_PASSWORD } : {});
  await world.db.update(account).set({ asksTwoFactors }).where(eq(account.id, owner.id));
  await world.db.insert(totpCredential).values({
    accountId: owner.id,
    id: TOTP_ID,
    secretSealed: "sealed",
    lastStep: 0,
    setAt: world.now(),
  });
  return { world, owner, ctx: world.asBrowser({ deviceToken: "a browser" }) };
}

const totp = (world: World): Proof => ({ factor: "totp", at: world.now().toISOString(), credential: TOTP_ID });

async function prove(ctx: Context, ceremonyToken: string, proof: Proof, previous: string | null = null) {
  const attempt = await openAttempt(ctx, ceremonyToken);
  if (!attempt) throw new Error("No sign-in waits for a proof");
  return finishProof(ctx, attempt, proof, previous);
}

const begin = async (ctx: Context, owner: WorldAccount) =>
  (await beginSignIn(ctx, owner.identity, "/home")).ceremonyToken;

describe("an account that asks for two factors", () => {
  test("is not opened by its password alone: more is asked for, and no session is there", async () => {
    const { world, owner, ctx } = await somebody();
    const ceremony = await begin(ctx, owner);
    expect(await provePassword(ctx, ceremony, GOOD_PASSWORD, null)).toEqual({ ok: true, value: { step: "prove" } });
    expect(await world.db.select().from(session)).toEqual([]);
    expect(await world.events("sign_in.proved")).toMatchObject([
      { accountId: owner.id, actorKind: "nobody", data: { factor: "password" } },
    ]);
  });

  test("is opened by password and code, in either order, at the second level", async () => {
    const { world, owner, ctx } = await somebody();
    const first = await begin(ctx, owner);
    await provePassword(ctx, first, GOOD_PASSWORD, null);
    const one = established(await prove(ctx, first, totp(world)));
    const second = await begin(ctx, owner);
    expect(await prove(ctx, second, totp(world))).toEqual({ ok: true, value: { step: "prove" } });
    const other = established(await provePassword(ctx, second, GOOD_PASSWORD, null));
    for (const { sessionToken } of [one, other]) expect(await findSession(ctx, sessionToken)).not.toBeNull();
    expect((await world.events("sign_in.succeeded")).map(({ data }) => data)).toMatchObject([
      { level: "urn:kunci:aal2" },
      { level: "urn:kunci:aal2" },
    ]);
  });

  test("is not opened by the same factor twice, nor by a code by email on top", async () => {
    const { world, owner, ctx } = await somebody();
    const ceremony = await begin(ctx, owner);
    const at = world.now().toISOString();
    await provePassword(ctx, ceremony, GOOD_PASSWORD, null);
    expect(await provePassword(ctx, ceremony, GOOD_PASSWORD, null)).toMatchObject({ value: { step: "prove" } });
    expect(await prove(ctx, ceremony, { factor: "email_code", at })).toMatchObject({ value: { step: "prove" } });
    expect(await prove(ctx, ceremony, { factor: "google", at })).toMatchObject({ value: { step: "prove" } });
    expect(await world.db.select().from(session)).toEqual([]);
  });

  test("is opened by one where its owner switched that off, unless the agency decides", async () => {
    const { owner, ctx } = await somebody({ asksTwoFactors: false });
    established(await provePassword(ctx, await begin(ctx, owner), GOOD_PASSWORD, null));
    const strict = { ...ctx, policy: { ...ctx.policy, twoFactors: "always" as const } };
    expect(await provePassword(strict, await begin(strict, owner), GOOD_PASSWORD, null)).toMatchObject({
      value: { step: "prove" },
    });
  });

  test("keeps both of two proofs given at once, or tells one of them to start again", async () => {
    const { world, owner, ctx } = await somebody();
    const ceremony = await begin(ctx, owner);
    const at = world.now().toISOString();
    const answers = await Promise.all([
      prove(ctx, ceremony, { factor: "email_code", at }),
      prove(ctx, ceremony, { factor: "google", at }),
    ]);
    const kept = answers.filter(({ ok }) => ok).length;
    expect((await openAttempt(ctx, ceremony))?.proofs).toHaveLength(kept);
    expect(answers.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 2 - kept }, () => ({ ok: false, error: "start_again" })),
    );
  });

  test("of fifty of the last proof at once opens one session", async () => {
    const { world, owner, ctx } = await somebody();
    const ceremony = await begin(ctx, owner);
    await provePassword(ctx, ceremony, GOOD_PASSWORD, null);
    const attempt = await openAttempt(ctx, ceremony);
    if (!attempt) throw new Error("The sign-in is gone");
    await Promise.all(Array.from({ length: 50 }, () => finishProof(ctx, attempt, totp(world), null)));
    expect(await world.db.select().from(session)).toHaveLength(1);
  });

  test("stays shut when what was proven first is gone by the time of the second proof", async () => {
    const { world, owner, ctx } = await somebody();
    const changed = await begin(ctx, owner);
    await provePassword(ctx, changed, GOOD_PASSWORD, null);
    await world.db
      .update(passwordCredential)
      .set({ hash: "another" })
      .where(eq(passwordCredential.accountId, owner.id));
    expect(await prove(ctx, changed, totp(world))).toEqual({ ok: false, error: "start_again" });

    const { sessionToken: _, ...other } = await world.as(await world.account());
    const removed = (await beginSignInOf(other, owner.id, null)).ceremonyToken;
    await world.db.update(account).set({ asksTwoFactors: false }).where(eq(account.id, owner.id));
    const proof = totp(world);
    const attempt = await openAttempt(ctx, removed);
    await world.db.delete(totpCredential);
    expect(attempt && (await finishProof(ctx, attempt, proof, null))).toEqual({ ok: false, error: "start_again" });
  });

  test("is asked for no more than it can give: without a second factor its password opens it", async () => {
    const { world, owner, ctx } = await somebody();
    await world.db.delete(totpCredential);
    established(await provePassword(ctx, await begin(ctx, owner), GOOD_PASSWORD, null));
  });
});

describe("a step-up", () => {
  const stepUp = async (by: SignedIn, returnTo = "/settings/passkeys") => {
    const begun = await beginStepUp(by, returnTo);
    if (begun.step !== "prove") throw new Error(`The step-up was not begun: ${begun.step}`);
    return begun.ceremonyToken;
  };

  test("is not needed while the proofs are fresh", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password", "totp"]);
    expect(await beginStepUp(by, "/settings")).toEqual({ step: "enough" });
    world.moveClock(minutes(10));
    expect((await beginStepUp(by, "/settings")).step).toBe("enough");
    world.moveClock(seconds(1));
    expect((await beginStepUp(by, "/settings")).step).toBe("prove");
  });

  test("asks for just what is missing, adds it to the session, and gives it a new secret", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password"]);
    const ceremony = await stepUp(by);
    expect((await openAttempt(by, ceremony))?.proofs).toMatchObject([{ factor: "password" }]);
    const { sessionToken, returnTo } = established(await prove(by, ceremony, totp(world), by.sessionToken));
    expect(returnTo).toBe("/settings/passkeys");
    expect(await findSession(by, by.sessionToken)).toBeNull();
    expect(await findSession(by, sessionToken)).toMatchObject({
      id: by.actor.sessionId,
      proofs: [{ factor: "password" }, { factor: "totp" }],
    });
    expect(await world.events("session.stepped_up")).toMatchObject([
      { accountId: owner.id, data: { sessionId: by.actor.sessionId, level: "urn:kunci:aal2" } },
    ]);
    expect((await beginStepUp(by, "/settings")).step).toBe("enough");
  });

  test("asks for both again once they are old", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password", "totp"]);
    world.moveClock(minutes(11));
    const ceremony = await stepUp(by);
    expect(await prove(by, ceremony, totp(world), by.sessionToken)).toMatchObject({ value: { step: "prove" } });
    established(await provePassword(by, ceremony, GOOD_PASSWORD, by.sessionToken));
  });

  test("does not count a proof that grew old while it went on", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password"]);
    world.moveClock(minutes(9));
    const ceremony = await stepUp(by);
    world.moveClock(minutes(2));
    expect(await prove(by, ceremony, totp(world), by.sessionToken)).toMatchObject({ value: { step: "prove" } });
  });

  test("is finished only in the browser of its session, and not after that has ended", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password"]);
    const stolen = await stepUp(by);
    expect(await prove(by, stolen, totp(world), null)).toEqual({ ok: false, error: "start_again" });
    const elsewhere = await world.as(owner, ["password"]);
    expect(await prove(by, stolen, totp(world), elsewhere.sessionToken)).toEqual({ ok: false, error: "start_again" });
    await world.db.update(session).set({ endedAt: world.now() }).where(eq(session.id, by.actor.sessionId));
    expect(await prove(by, stolen, totp(world), by.sessionToken)).toEqual({ ok: false, error: "start_again" });
    expect(await beginStepUp(by, "/settings")).toEqual({ step: "signed_out" });
  });

  test("opens no session beside the one it is for", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password"]);
    await prove(by, await stepUp(by), totp(world), by.sessionToken);
    expect(await world.db.select().from(session)).toHaveLength(1);
  });

  test("asks an account without a second factor for its password again", async () => {
    const { world, owner } = await somebody();
    await world.db.delete(totpCredential);
    const by = await world.as(owner, ["password"]);
    world.moveClock(minutes(11));
    established(await provePassword(by, await stepUp(by), GOOD_PASSWORD, by.sessionToken));
  });
});

describe("a step-up that a relying party asks for", () => {
  const prompt = async (by: SignedIn, asked: Parameters<typeof beginStepUpFor>[2]) => {
    const begun = await beginStepUpFor(by, "/interaction/x", asked);
    if (begun.step !== "prove") throw new Error(begun.step);
    return begun.ceremonyToken;
  };

  test("counts whatever the session has proven, however long ago, where no age is asked for", async () => {
    const { world, owner } = await somebody();
    const by = await world.as(owner, ["password"]);
    world.moveClock(minutes(25));
    const ceremony = await prompt(by, { level: "aal2", since: null });
    world.moveClock(minutes(2));
    const { sessionToken } = established(await prove(by, ceremony, totp(world), by.sessionToken));
    expect(await findSession(by, sessionToken)).toMatchObject({ proofs: [{ factor: "password" }, { factor: "totp" }] });
    const after = { ...by, sessionToken };
    expect(await beginStepUpFor(after, "/interaction/x", { level: "aal2", since: null })).toEqual({ step: "enough" });
  });

  test("counts only what is as young as is asked for, at exactly that level", async () => {
    const { world, owner } = await somebody({ asksTwoFactors: false });
    const by = await world.as(owner, ["password", "totp"]);
    const since = world.now();
    expect(await beginStepUpFor(by, "/", { level: "aal2", since })).toEqual({ step: "enough" });
    world.moveClock(seconds(1));
    const ceremony = await prompt(by, { level: "aal1", since: world.now() });
    expect((await openAttempt(by, ceremony))?.proofs).toEqual([]);
    established(await prove(by, ceremony, totp(world), by.sessionToken));
  });
});
