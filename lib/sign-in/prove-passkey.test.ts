import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { type AccountStatus, account } from "#db/schema/account.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { passkey, usedChallenge } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { removePasskey } from "#lib/authenticators/passkey/remove-passkey.ts";
import { passkeyRequestOptions } from "#lib/authenticators/passkey/request-passkey.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { established } from "#lib/testing/established.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import type { Twist } from "#lib/testing/software-authenticator.ts";
import { openAttempt } from "./attempt.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { beginStepUp } from "./begin-step-up.ts";
import { attemptUse, autofillUse, type PasskeyAnswer, provePasskey } from "./prove-passkey.ts";
import { provePassword } from "./prove-password.ts";

const MISMATCH = { ok: false, error: "mismatch" };

/** Somebody with a passkey on their phone, at a browser. */
async function somebody(kind: { synced?: boolean; counts?: boolean } = {}) {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  const phone = phoneOf(world.ctx, kind);
  const { passkeyId } = await enrolPasskey(await world.as(owner), phone);
  await world.db.delete(session);
  return { world, owner, phone, passkeyId, ctx: world.asBrowser({ deviceToken: "a browser" }) };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

const begin = async (ctx: Context, identity: IdentityNumber) =>
  (await beginSignIn(ctx, identity, "/home")).ceremonyToken;

async function optionsOf(ctx: Context, ceremonyToken: string | null) {
  if (ceremonyToken === null) return passkeyRequestOptions(ctx, autofillUse(ctx.request.deviceToken ?? ""));
  const attempt = await openAttempt(ctx, ceremonyToken);
  if (!attempt) throw new Error("No sign-in waits for a proof");
  return passkeyRequestOptions(ctx, attemptUse(attempt));
}

const post = (
  ctx: Context,
  ceremonyToken: string | null,
  credentialJson: string,
  previousToken: string | null = null,
) => provePasskey(ctx, { ceremonyToken, credentialJson, previousToken, returnTo: "/settings" });

/** The owner types their number and proves the passkey, or lets the browser fill it in. */
async function signIn(
  { ctx, owner, phone }: Pick<Somebody, "ctx" | "owner" | "phone">,
  twist: Twist = {},
): Promise<PasskeyAnswer> {
  const ceremony = await begin(ctx, owner.identity);
  return post(ctx, ceremony, phone.get(await optionsOf(ctx, ceremony), twist));
}
async function fillIn({ ctx, phone }: Pick<Somebody, "ctx" | "phone">, twist: Twist = {}): Promise<PasskeyAnswer> {
  return post(ctx, null, phone.get(await optionsOf(ctx, null), twist));
}

const sessions = (world: World) => world.db.select().from(session);
const refusals = async (world: World) =>
  (await world.events("sign_in.refused")).map(({ accountId, data }) => ({ accountId, ...(data as object) }));
const lettersOf = async (world: World) => (await world.mails()).map(({ about }) => about);

describe("a passkey", () => {
  test("opens the sign-in of its owner's number, in one go, and its use is noted", async () => {
    const of = await somebody();
    const { world, owner, passkeyId } = of;
    world.moveClock(seconds(5));
    const { sessionToken, returnTo } = established(await signIn(of, { bs: false }));
    expect(returnTo).toBe("/home");
    const opened = await findSession(world.ctx, sessionToken);
    const at = world.now().toISOString();
    expect(opened).toMatchObject({
      accountId: owner.id,
      proofs: [{ factor: "passkey_verified", at, credential: passkeyId }],
    });
    expect(await world.db.select().from(passkey)).toMatchObject([
      { lastUsedAt: world.now(), backedUp: false, counter: 0 },
    ]);
    expect(await world.events("sign_in.succeeded")).toMatchObject([{ data: { level: "urn:kunci:aal2:phr" } }]);
  });

  test("opens a sign-in of its own where no number was typed", async () => {
    const of = await somebody();
    const { sessionToken, returnTo } = established(await fillIn(of));
    expect(returnTo).toBe("/settings");
    expect(await findSession(of.world.ctx, sessionToken)).toMatchObject({ accountId: of.owner.id });
  });

  test("steps up the session it was asked for in, and no other", async () => {
    const { world, owner, phone, passkeyId } = await somebody();
    const mine = await world.as(owner);
    const other = await world.as(owner);
    const begun = await beginStepUp(mine, "/settings/passkeys");
    const elsewhere = await beginStepUp(other, "/settings/passkeys");
    if (begun.step !== "prove" || elsewhere.step !== "prove") throw new Error("Nothing was asked for");
    const answer = phone.get(await optionsOf(mine, begun.ceremonyToken));
    expect(await post(other, elsewhere.ceremonyToken, answer, other.sessionToken)).toEqual(MISMATCH);
    const { sessionToken } = established(await post(mine, begun.ceremonyToken, answer, mine.sessionToken));
    expect(await findSession(world.ctx, sessionToken)).toMatchObject({
      id: mine.actor.sessionId,
      proofs: expect.arrayContaining([expect.objectContaining({ credential: passkeyId })]),
    });
  });

  test("signs in without a user handle where a number was typed, and not where none was", async () => {
    const of = await somebody();
    expect(await signIn(of, { userHandle: null })).toMatchObject({ ok: true });
    expect(await fillIn(of, { userHandle: null })).toEqual(MISMATCH);
  });

  test("asked for on one instance signs in on another", async () => {
    const { world, owner, phone, ctx } = await somebody();
    const other = connect(world.appUrl, { max: 2 });
    try {
      const ceremony = await begin(ctx, owner.identity);
      const answer = phone.get(await optionsOf(ctx, ceremony));
      expect(await post({ ...ctx, db: other }, ceremony, answer)).toMatchObject({ ok: true });
      expect(await post(ctx, ceremony, answer)).toEqual({ ok: false, error: "start_again" });
    } finally {
      await other.$client.end();
    }
  });
});

describe("an answer that does not hold", () => {
  const handle = () => randomBytes(32).toString("base64url");

  test.each<[string, () => Twist]>([
    ["another origin", () => ({ clientData: { origin: "https://contoh.example.gov.my" } })],
    ["another relying party", () => ({ rpId: "contoh.example.gov.my" })],
    ["another ceremony", () => ({ clientData: { type: "webauthn.create" } })],
    ["a frame", () => ({ clientData: { crossOrigin: true } })],
    ["no user present", () => ({ up: false })],
    ["no user verified", () => ({ uv: false })],
    ["a passkey that was bound to no device and now is", () => ({ be: false, bs: false })],
    ["a backup without the right to one", () => ({ be: false, bs: true })],
    ["another account's user handle", () => ({ userHandle: handle() })],
  ])("(%s) opens nothing, and the trail has it", async (_, twist) => {
    const of = await somebody();
    expect(await signIn(of, twist())).toEqual(MISMATCH);
    expect(await fillIn(of, twist())).toEqual(MISMATCH);
    expect(await sessions(of.world)).toEqual([]);
    expect(await of.world.db.select().from(passkey)).toMatchObject([{ lastUsedAt: null }]);
    const refused = { accountId: of.owner.id, factor: "passkey_verified", reason: "wrong_passkey" };
    expect(await refusals(of.world)).toEqual([refused, refused]);
  });

  test("of another account's passkey opens neither account, and is the same for a number nobody has", async () => {
    const of = await somebody();
    const { world, ctx, phone } = of;
    const other = await world.account({ password: true });
    for (const identity of [other.identity, fixtureIdentity(9_000)]) {
      const ceremony = await begin(ctx, identity);
      expect(await post(ctx, ceremony, phone.get(await optionsOf(ctx, ceremony)))).toEqual(MISMATCH);
    }
    expect(await sessions(world)).toEqual([]);
    expect(await refusals(world)).toMatchObject([
      { accountId: other.id, reason: "wrong_passkey" },
      { accountId: null, reason: "wrong_passkey" },
    ]);
  });

  test.each<[AccountStatus, string]>([
    ["suspended", "suspended"],
    ["locked", "locked"],
    ["closed", "not_activated"],
  ])("since its account is %s opens nothing, and its use is not noted", async (status, reason) => {
    const of = await somebody();
    await of.world.db.update(account).set({ status }).where(eq(account.id, of.owner.id));
    expect(await fillIn(of)).toEqual(MISMATCH);
    expect(await refusals(of.world)).toMatchObject([{ accountId: of.owner.id, reason }]);
    expect(await of.world.db.select().from(passkey)).toMatchObject([{ lastUsedAt: null }]);
  });

  test("in a browser without a sign-in under way is sent back to the start", async () => {
    const of = await somebody();
    const answer = of.phone.get(await optionsOf(of.ctx, null));
    const again = { ok: false, error: "start_again" };
    expect(await post(of.ctx, "no ceremony", answer)).toEqual(again);
    expect(await post({ ...of.ctx, request: { ...of.ctx.request, deviceToken: null } }, null, answer)).toEqual(again);
  });
});

describe("a challenge", () => {
  test("answers the sign-in it was asked for in, within five minutes", async () => {
    const { world, owner, phone, ctx } = await somebody();
    const mine = await begin(ctx, owner.identity);
    const other = await begin(ctx, owner.identity);
    const answer = phone.get(await optionsOf(ctx, mine));
    expect(await post(ctx, other, answer)).toEqual(MISMATCH);
    expect(await post(ctx, null, answer)).toEqual(MISMATCH);
    expect(await post(ctx, other, phone.get(await optionsOf(ctx, null)))).toEqual(MISMATCH);
    const foreign = { challenge: randomBytes(54).toString("base64url"), rpId: ctx.policy.passkeyRpId };
    expect(await post(ctx, mine, phone.get(foreign))).toEqual(MISMATCH);
    world.moveClock(minutes(5));
    expect(await post(ctx, mine, answer)).toEqual(MISMATCH);
    expect(await sessions(world)).toEqual([]);
    // What answers no challenge of ours leaves no trace: anybody could send it without end.
    expect(await refusals(world)).toEqual([]);
    expect(await world.db.select().from(usedChallenge)).toHaveLength(1);
  });

  test("that was filled in belongs to the browser that asked", async () => {
    const { world, phone, ctx } = await somebody();
    const answer = phone.get(await optionsOf(ctx, null));
    expect(await post(world.asBrowser({ deviceToken: "another browser" }), null, answer)).toEqual(MISMATCH);
    expect(await post(ctx, null, answer)).toMatchObject({ ok: true });
  });

  test("is answered once: of one answer posted fifty times at once, one opens a session", async () => {
    const { world, owner, phone, ctx } = await somebody();
    const answer = phone.get(await optionsOf(ctx, null));
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(ctx, null, answer)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await sessions(world)).toHaveLength(1);
    expect(await world.events("sign_in.succeeded")).toHaveLength(1);
    const wrong = { accountId: owner.id, factor: "passkey_verified", reason: "wrong_passkey" };
    expect(await refusals(world)).toEqual(Array.from({ length: 20 }, () => wrong));

    const usedAt = world.now();
    world.moveClock(minutes(2));
    expect(await post(ctx, null, answer)).toEqual(MISMATCH);
    expect(await world.db.select().from(passkey)).toMatchObject([{ lastUsedAt: usedAt }]);
  });
});

describe("a signature counter", () => {
  test("has to grow: one that stands still or falls is refused, told to the owner, and what is kept stays", async () => {
    const of = await somebody({ counts: true });
    const { world, owner } = of;
    expect(await signIn(of, { counter: 7 })).toMatchObject({ ok: true });
    for (const counter of [7, 6, 0]) {
      world.moveClock(minutes(2));
      expect(await signIn(of, { counter })).toEqual(MISMATCH);
    }
    expect(await sessions(world)).toHaveLength(1);
    expect(await world.db.select().from(passkey)).toMatchObject([{ counter: 7 }]);
    const refused = { accountId: owner.id, factor: "passkey_verified", reason: "signature_counter" };
    expect(await refusals(world)).toEqual([refused, refused, refused]);
    const copied = { change: "passkey_copied" };
    expect(await lettersOf(world)).toMatchObject([{ change: "passkey_added" }, copied, copied, copied]);
    expect(await signIn(of, { counter: 8 })).toMatchObject({ ok: true });
  });

  test("is nothing that a stranger can have reported: the signature is looked at first", async () => {
    const of = await somebody({ counts: true });
    expect(await signIn(of, { counter: 7 })).toMatchObject({ ok: true });
    const stranger = phoneOf(of.world.ctx);
    await enrolPasskey(await of.world.as(await of.world.account()), stranger);
    const ceremony = await begin(of.ctx, of.owner.identity);
    const [held] = of.phone.held;
    const twist = { outerId: held?.id ?? "", userHandle: held?.userHandle ?? null, counter: 3 };
    expect(await post(of.ctx, ceremony, stranger.get(await optionsOf(of.ctx, ceremony), twist))).toEqual(MISMATCH);
    expect(await refusals(of.world)).toMatchObject([{ reason: "wrong_passkey" }]);
    expect(await lettersOf(of.world)).not.toContainEqual(expect.objectContaining({ change: "passkey_copied" }));
  });

  test("that two answers bring at once only goes up", async () => {
    const { world, owner, phone, ctx } = await somebody({ counts: true });
    const answers = await Promise.all(
      [11, 12, 13, 14].map(async (counter) => {
        const ceremony = await begin(ctx, owner.identity);
        return { ceremony, json: phone.get(await optionsOf(ctx, ceremony), { counter }) };
      }),
    );
    await Promise.all(answers.map(({ ceremony, json }) => post(ctx, ceremony, json)));
    expect(await world.db.select().from(passkey)).toMatchObject([{ counter: 14 }]);
  });
});

describe("a passkey that nobody has", () => {
  test("is named in the refusal, so that the browser may drop it", async () => {
    const { world, owner, phone, ctx, passkeyId } = await somebody();
    const [held] = phone.held;
    await removePasskey(await world.as(owner, ["passkey_verified"]), passkeyId);
    expect(await signIn({ ctx, owner, phone })).toEqual({ ...MISMATCH, unknownCredential: held?.id });
    expect(await fillIn({ ctx, phone })).toEqual({ ...MISMATCH, unknownCredential: held?.id });
    expect(await refusals(world)).toMatchObject([
      { accountId: owner.id, reason: "unknown_credential" },
      { accountId: null, reason: "unknown_credential" },
    ]);
  });

  test("is not told apart from one that somebody has by an answer to no challenge of ours", async () => {
    const { world, phone, ctx } = await somebody();
    const stranger = phoneOf(world.ctx);
    stranger.create({ challenge: "", rp: {}, user: { id: "" } });
    const foreign = { challenge: randomBytes(54).toString("base64url"), rpId: ctx.policy.passkeyRpId };
    expect(await post(ctx, null, stranger.get(foreign))).toEqual(MISMATCH);
    expect(await post(ctx, null, phone.get(foreign))).toEqual(MISMATCH);
  });
});

describe("an attack", () => {
  test("on the password of an account does not hold up its passkey, nor does one from the same address", async () => {
    const of = await somebody();
    const { world, owner, ctx } = of;
    for (let n = 0; n < 6; n += 1) await provePassword(ctx, await begin(ctx, owner.identity), "not it", null);
    expect(await world.db.select().from(passwordThrottle)).toMatchObject([{ pausedUntil: expect.any(Date) }]);
    for (let n = 0; n < 20; n += 1) await fillIn(of, { uv: false });
    expect(await fillIn(of, { uv: false })).toMatchObject({ ok: false, error: "too_many", retryAfterSeconds: 60 });
    expect(await signIn(of)).toMatchObject({ ok: true });
    expect(await fillIn(of)).toMatchObject({ ok: true });
  });

  test("is counted on its address alone: wrong passkeys pause no account", async () => {
    const of = await somebody();
    const { world, owner, ctx } = of;
    for (let n = 0; n < 25; n += 1) await signIn(of, { uv: false });
    expect(await world.events("sign_in.refused")).toHaveLength(20);
    expect(await world.db.select().from(passwordThrottle)).toEqual([]);
    const elsewhere = { ...ctx, request: { ...ctx.request, ip: "192.0.2.77" } };
    const begun = await begin(elsewhere, owner.identity);
    expect(await provePassword(elsewhere, begun, owner.password ?? "", null)).toMatchObject({ ok: true });
  });
});

test("the options of a sign-in are the same for everybody", async () => {
  const { world, owner, ctx } = await somebody();
  const without = await world.account({ password: true });
  const options = await Promise.all(
    [owner.identity, without.identity, fixtureIdentity(9_000)].map(async (identity) => {
      const { challenge, ...rest } = await optionsOf(ctx, await begin(ctx, identity));
      return { length: challenge.length, ...rest };
    }),
  );
  expect(options[1]).toEqual(options[0]);
  expect(options[2]).toEqual(options[0]);
});
