import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passkey, totpCredential, totpEnrolment } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { enrolledOf } from "#lib/assurance/enrolled.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addTotp, anotherCode, totpCode } from "#lib/testing/totp.ts";
import { removePasskey } from "../passkey/remove-passkey.ts";
import { beginTotp, cancelTotp } from "./begin-totp.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { pendingTotp } from "./find-totp.ts";
import { removeTotp } from "./remove-totp.ts";

const refused = (error: string) => ({ ok: false, error });
const times = <T>(n: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));

/** Begins, and reads the secret off the page. */
async function begun(ctx: Context): Promise<string> {
  expect(await beginTotp(ctx)).toEqual({ ok: true, value: null });
  const pending = await pendingTotp(ctx, "Kunci");
  if (!pending) throw new Error("nothing is pending");
  return pending.secret;
}

/** A code that does not fit, not even with a clock that is off. */
const wrongAt = (secret: string, now: Date) =>
  anotherCode(...Array.from({ length: 41 }, (_, n) => totpCode(secret, now, n - 20)));

async function addPasskey(world: World, accountId: string, id = "01990000-0000-7000-8000-000000000001") {
  const unused = { publicKey: "x", counter: 0, aaguid: id, transports: [], backupEligible: false, backedUp: false };
  const from = { name: "Telefon", createdAt: world.now(), createdFrom: "Chrome" };
  await world.db.insert(passkey).values({ id, accountId, credentialId: id, ...unused, ...from });
}

const holdsProof = (world: World, who: SignedIn, proof: Omit<Proof, "at">) =>
  world.db
    .update(session)
    .set({
      proofs: [
        { factor: "password", at: world.now().toISOString() },
        { ...proof, at: world.now().toISOString() },
      ],
    })
    .where(eq(session.id, who.actor.sessionId));

const changesTold = async (world: World) =>
  (await world.mails()).flatMap(({ about }) =>
    "change" in (about as object) ? [(about as { change: string }).change] : [],
  );

describe("setting up an authenticator app", () => {
  test("a code of the app confirms it, and the account asks for two factors from then on", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const ctx = await world.as(ada);
    const secret = await begun(ctx);
    expect(await world.db.select().from(totpCredential)).toEqual([]);
    expect((await world.reload(ada)).asksTwoFactors).toBe(false);

    expect(await confirmTotp(ctx, totpCode(secret, world.now()))).toEqual({
      ok: true,
      value: { replaced: false, first: true, sessionToken: expect.any(String) },
    });
    const [held] = await world.db.select().from(totpCredential);
    expect(held).toMatchObject({ accountId: ada.id, lastStep: Math.floor(world.now().getTime() / 30_000) });
    expect(held?.secretSealed, "the secret is sealed").not.toContain(secret);
    expect((await world.reload(ada)).asksTwoFactors).toBe(true);
    expect(await world.events("totp.enrolled")).toMatchObject([
      { accountId: ada.id, data: { totpId: held?.id, replaced: false } },
    ]);
    expect(await changesTold(world)).toEqual(["totp_enrolled"]);
    expect(await pendingTotp(ctx, "Kunci")).toBeNull();
  });

  test("the confirming code counts as a proof of this session, so that nothing has to be waited for", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const answer = await confirmTotp(ctx, totpCode(await begun(ctx), world.now()));
    const token = (answer.ok && answer.value.sessionToken) || "";
    const [held] = await world.db.select().from(totpCredential);
    expect(await findSession(ctx, ctx.sessionToken), "the session's level rose: its old secret is dead").toBeNull();
    expect((await findSession(ctx, token))?.proofs).toEqual([
      expect.objectContaining({ factor: "password" }),
      { factor: "totp", at: world.now().toISOString(), credential: held?.id },
    ]);
    expect(await world.events("session.stepped_up")).toMatchObject([{ data: { level: "urn:kunci:aal2" } }]);
    expect(await removeTotp(ctx)).toEqual({ ok: true, value: null });
  });

  test("needs a fresh proof, to begin and to confirm", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const secret = await begun(ctx);
    world.moveClock(seconds(599));
    expect((await confirmTotp(ctx, wrongAt(secret, world.now()))).ok).toBe(false);
    expect(await world.events("totp.refused")).toMatchObject([{ data: { reason: "code_mismatch" } }]);
    world.moveClock(seconds(2));
    expect(await confirmTotp(ctx, totpCode(secret, world.now()))).toEqual(refused("step_up"));
    expect(await beginTotp(ctx)).toEqual(refused("step_up"));
    expect(await beginTotp(world.ctx)).toEqual(refused("signed_out"));
    expect(await world.db.select().from(totpCredential)).toEqual([]);
  });

  test("the secret is for the session that began, and for ten minutes", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const ctx = await world.as(ada);
    const secret = await begun(ctx);
    const elsewhere = await world.as(ada);
    expect(await pendingTotp(elsewhere, "Kunci")).toBeNull();
    expect(await confirmTotp(elsewhere, totpCode(secret, world.now()))).toEqual(refused("not_begun"));
    await cancelTotp(elsewhere);
    world.moveClock(minutes(9));
    expect(await pendingTotp(ctx, "Kunci")).toMatchObject({ secret, secondsLeft: 60 });
    world.moveClock(minutes(1));
    expect(await pendingTotp(ctx, "Kunci")).toBeNull();
    await holdsProof(world, ctx, { factor: "email_code" });
    expect(await confirmTotp(ctx, totpCode(secret, world.now()))).toEqual(refused("not_begun"));
  });

  test("beginning again makes another secret, and the earlier one confirms nothing", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const [first, second] = [await begun(ctx), await begun(ctx)];
    expect(second).not.toBe(first);
    // Of a million codes 41 tell how far a clock is off.
    expect(await confirmTotp(ctx, totpCode(first, world.now()))).toMatchObject({ ok: false });
    expect((await confirmTotp(ctx, totpCode(second, world.now()))).ok).toBe(true);
    await begun(ctx);
    await cancelTotp(ctx);
    expect(await world.db.select().from(totpEnrolment)).toEqual([]);
  });

  test("a clock that is off is told of, with how far and which way", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const secret = await begun(ctx);
    expect(await confirmTotp(ctx, totpCode(secret, world.now(), -4))).toEqual({
      ...refused("clock_skew"),
      skew: { minutes: 2, direction: "behind" },
    });
    expect(await confirmTotp(ctx, totpCode(secret, world.now(), 6))).toEqual({
      ...refused("clock_skew"),
      skew: { minutes: 3, direction: "ahead" },
    });
    expect(await world.events("totp.refused")).toMatchObject(Array(2).fill({ data: { reason: "clock_skew" } }));
    expect(await world.db.select().from(totpCredential)).toEqual([]);
  });

  test("what is not six digits spends no try", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const secret = await begun(ctx);
    for (const typed of ["", "12345", "abcdef", "-12345"])
      expect(await confirmTotp(ctx, typed)).toEqual(refused("code_shape"));
    expect(await world.db.select().from(totpEnrolment)).toMatchObject([{ tries: 0 }]);
    expect((await confirmTotp(ctx, ` ${totpCode(secret, world.now()).replace(/(...)/, "$1 ")}`)).ok).toBe(true);
  });

  test("the fifth wrong code ends it: then the right one is not looked at either", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const secret = await begun(ctx);
    const wrong = wrongAt(secret, world.now());
    for (let n = 1; n <= 4; n++) expect(await confirmTotp(ctx, wrong)).toEqual(refused("code_mismatch"));
    expect(await confirmTotp(ctx, wrong)).toEqual(refused("tries_used"));
    expect(await confirmTotp(ctx, totpCode(secret, world.now()))).toEqual(refused("not_begun"));
    expect(await pendingTotp(ctx, "Kunci")).toBeNull();
  });

  test("of 200 guesses at once five are looked at", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const secret = await begun(ctx);
    const near = Array.from({ length: 41 }, (_, n) => totpCode(secret, world.now(), n - 20));
    const guesses = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(6, "0")).filter(
      (one) => !near.includes(one),
    );
    const answers = await times(200, (n) => confirmTotp(ctx, guesses[n] ?? ""));
    const counted = Object.groupBy(answers, (answer) => (answer.ok ? "ok" : answer.error));
    expect([counted.code_mismatch?.length, counted.tries_used?.length, counted.not_begun?.length]).toEqual([4, 1, 195]);
    expect(await world.events("totp.refused")).toHaveLength(5);
    expect(await world.db.select().from(totpEnrolment)).toMatchObject([{ tries: 5 }]);
  });

  test("the same right code fifty times at once sets up one app", async () => {
    const world = await newWorld();
    const ctx = await world.as(await world.account());
    const code = totpCode(await begun(ctx), world.now());
    const answers = await times(50, () => confirmTotp(ctx, code));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("totp.enrolled")).toHaveLength(1);
  });
});

describe("replacing the app", () => {
  test("the one in use stays until the new one is confirmed; then its sessions end", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const old = await addTotp(world.ctx, ada.id, false);
    const [ctx, elsewhere] = [await world.as(ada, ["password", "totp"]), await world.as(ada)];
    await holdsProof(world, ctx, { factor: "totp", credential: old.id });
    await holdsProof(world, elsewhere, { factor: "totp", credential: old.id });
    const secret = await begun(ctx);
    expect(await world.db.select().from(totpCredential)).toMatchObject([{ id: old.id }]);

    const answer = await confirmTotp(ctx, totpCode(secret, world.now()));
    expect(answer).toEqual({
      ok: true,
      value: { replaced: true, first: false, sessionToken: expect.any(String) },
    });
    const [held] = await world.db.select().from(totpCredential);
    expect(held?.id).not.toBe(old.id);
    expect((await world.reload(ada)).asksTwoFactors, "the owner's own choice stands").toBe(false);
    expect(await findSession(elsewhere, elsewhere.sessionToken)).toBeNull();
    const token = (answer.ok && answer.value.sessionToken) || "";
    expect((await findSession(ctx, token))?.proofs).toMatchObject([
      { factor: "password" },
      { factor: "totp", credential: held?.id },
    ]);
    expect(await changesTold(world)).toEqual(["totp_replaced"]);
  });

  test("an account with a passkey keeps its owner's choice about two factors", async () => {
    const world = await newWorld();
    const ada = await world.account();
    await addPasskey(world, ada.id);
    const ctx = await world.as(ada, ["passkey_verified"]);
    const answer = await confirmTotp(ctx, totpCode(await begun(ctx), world.now()));
    expect(answer).toEqual({ ok: true, value: { replaced: false, first: false, sessionToken: expect.any(String) } });
    expect((await world.reload(ada)).asksTwoFactors).toBe(false);
  });
});

describe("removing the app", () => {
  test("takes it away with what it opened, and tells the owner", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const { id } = await addTotp(world.ctx, ada.id);
    const [ctx, elsewhere] = [await world.as(ada, ["password", "totp"]), await world.as(ada)];
    await holdsProof(world, elsewhere, { factor: "totp", credential: id });
    await begun(ctx);
    expect(await removeTotp(ctx)).toEqual({ ok: true, value: null });
    expect(await world.db.select().from(totpCredential)).toEqual([]);
    expect(await pendingTotp(ctx, "Kunci"), "a replacement under way is gone too").toBeNull();
    expect(await findSession(elsewhere, elsewhere.sessionToken)).toBeNull();
    expect(await world.events("totp.removed")).toMatchObject([{ data: { totpId: id } }]);
    expect(await changesTold(world)).toEqual(["totp_removed"]);
    expect(await removeTotp(await world.as(ada))).toEqual(refused("not_found"));
  });

  test("needs both factors while the account has two", async () => {
    const world = await newWorld();
    const ada = await world.account();
    await addTotp(world.ctx, ada.id);
    for (const factors of [["password"], ["totp"], ["password", "email_code"]] as const)
      expect(await removeTotp(await world.as(ada, factors))).toEqual(refused("step_up"));
  });

  test("the only way in stays", async () => {
    const world = await newWorld();
    const ada = await world.account();
    await addTotp(world.ctx, ada.id, false);
    await world.db.update(account).set({ emailCodeOn: false }).where(eq(account.id, ada.id));
    const ctx = await world.as(ada, ["password", "totp"]);
    expect(await removeTotp(ctx)).toEqual(refused("last_factor"));
    await world.db.update(account).set({ emailCodeOn: true }).where(eq(account.id, ada.id));
    expect(await removeTotp(ctx)).toEqual({ ok: true, value: null });
  });

  test("the last second factor stays where the agency asks everybody for two", async () => {
    const world = await newWorld({ policy: { twoFactors: "always" } });
    const ada = await world.account();
    await addTotp(world.ctx, ada.id);
    const ctx = await world.as(ada, ["password", "totp"]);
    expect(await removeTotp(ctx)).toEqual(refused("last_factor"));
    await addPasskey(world, ada.id);
    expect(await removeTotp(ctx)).toEqual({ ok: true, value: null });
  });

  test("of two second factors taken away at the same moment one stays, where the agency asks everybody for two", async () => {
    const world = await newWorld({ policy: { twoFactors: "always" } });
    for (let round = 0; round < 5; round++) {
      const ada = await world.account();
      const passkeyId = `01990000-0000-7000-8000-00000000000${round + 2}`;
      await addPasskey(world, ada.id, passkeyId);
      await addTotp(world.ctx, ada.id);
      const [one, other] = [await world.as(ada, ["passkey_verified"]), await world.as(ada, ["password", "totp"])];
      const answers = await Promise.all([removeTotp(one), removePasskey(other, passkeyId)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toEqual(refused("last_factor"));
      const { passkeys, totp } = await enrolledOf(world.db, ada.id);
      expect(passkeys + Number(totp)).toBe(1);
    }
  });
});
