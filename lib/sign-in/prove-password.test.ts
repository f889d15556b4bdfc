import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { device, session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { endSession } from "#lib/session/end-session.ts";
import { forgetOwnBrowser } from "#lib/session/forget-browser.ts";
import { findSession } from "#lib/session/session.ts";
import { established } from "#lib/testing/established.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld, type WorldAccount } from "#lib/testing/new-world.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { provePassword } from "./prove-password.ts";

const GOOD = "Teh-Tarik-Kurang-Manis-7";
const nobody: IdentityNumber = { type: "mykad", number: "650505050000" };

let addresses = 0;
/** One whole sign-in, each from an address of its own, so that only the account's limit speaks. */
async function signIn(ctx: Context, identity: IdentityNumber, password: string, previous: string | null = null) {
  const from = { ...ctx, request: { ...ctx.request, ip: `198.51.100.${addresses++ % 250}` } };
  const { ceremonyToken } = await beginSignIn(from, identity, null);
  return provePassword(from, ceremonyToken, password, previous);
}

async function someone(status: "activated" | "suspended" | "locked" = "activated") {
  const world = await newWorld();
  const owner = await world.account({ status, password: GOOD });
  return { world, owner, ctx: world.asBrowser({ deviceToken: "a browser" }) };
}

const reasons = async (world: Awaited<ReturnType<typeof newWorld>>) =>
  (await world.events("sign_in.refused")).map(({ data }) => (data as { reason: string }).reason);

describe("signing in with a password", () => {
  test("opens a session whose row is the authority", async () => {
    const { world, owner, ctx } = await someone();
    const { sessionToken } = established(await signIn(ctx, owner.identity, GOOD));
    expect(await findSession(ctx, sessionToken)).toMatchObject({
      accountId: owner.id,
      fullName: owner.fullName,
      proofs: [{ factor: "password" }],
    });
    expect(await world.events("sign_in.succeeded")).toMatchObject([
      {
        accountId: owner.id,
        actorId: owner.id,
        data: { level: "urn:kunci:aal1", newDevice: true, factors: ["password"] },
      },
    ]);
    expect(JSON.stringify(await world.db.select().from(session))).not.toContain(sessionToken);
  });

  test("returns where one was going", async () => {
    const { owner, ctx } = await someone();
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, "/settings/profile");
    expect(await provePassword(ctx, ceremonyToken, GOOD, null)).toMatchObject({
      ok: true,
      value: { returnTo: "/settings/profile" },
    });
  });

  test.each([
    ["a wrong password", "activated", "Salah-Sekali-Kata-1", "wrong_password"],
    ["a suspended account", "suspended", GOOD, "suspended"],
    ["an account its owner locked", "locked", GOOD, "locked"],
  ] as const)(
    "answers %s with one and the same refusal, and the trail knows why",
    async (_, status, password, reason) => {
      const { world, owner, ctx } = await someone(status);
      expect(await signIn(ctx, owner.identity, password)).toEqual({ ok: false, error: "mismatch" });
      expect(await reasons(world)).toEqual([reason]);
      expect(await world.db.select().from(session)).toEqual([]);
    },
  );

  test.each(["registered", "pre_registered", "email_verified", "closed"] as const)(
    "answers for an account that is %s as for a number nobody has",
    async (status) => {
      const world = await newWorld();
      const owner = await world.account({ status });
      expect(await signIn(world.ctx, owner.identity, GOOD)).toEqual(await signIn(world.ctx, nobody, GOOD));
      expect(await world.db.select().from(session)).toEqual([]);
    },
  );

  test("of one ceremony posted twenty times at once opens one session", async () => {
    const { world, owner, ctx } = await someone();
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, null);
    const answers = await Promise.all(Array.from({ length: 20 }, () => provePassword(ctx, ceremonyToken, GOOD, null)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.db.select().from(session)).toHaveLength(1);
  });

  test("is over after fifteen minutes, and starts again", async () => {
    const { world, owner, ctx } = await someone();
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, null);
    world.moveClock(minutes(15));
    for (const password of [GOOD, "Salah-Sekali-Kata-1"])
      expect(await provePassword(ctx, ceremonyToken, password, null)).toEqual({ ok: false, error: "start_again" });
    expect(await world.events("sign_in.refused")).toEqual([]);
    expect(await provePassword(ctx, "never begun", GOOD, null)).toEqual({ ok: false, error: "start_again" });
  });

  test("ends the session the browser had before", async () => {
    const { world, owner, ctx } = await someone();
    const first = established(await signIn(ctx, owner.identity, GOOD));
    expect((await signIn(ctx, owner.identity, GOOD, first.sessionToken)).ok).toBe(true);
    expect(await findSession(ctx, first.sessionToken)).toBeNull();
    expect(await world.events("session.ended")).toMatchObject([
      { accountId: owner.id, data: { why: "signed_in_again" } },
    ]);
  });

  test("tells the owner of a browser the account does not know, but not of the very first", async () => {
    const { world, owner, ctx } = await someone();
    await signIn(ctx, owner.identity, GOOD);
    await signIn(ctx, owner.identity, GOOD);
    expect(await world.mails()).toEqual([]);
    await signIn(world.asBrowser({ deviceToken: "another browser" }), owner.identity, GOOD);
    expect(await world.mails()).toMatchObject([{ kind: "new_device", accountId: owner.id }]);
    expect(await world.db.select().from(device)).toHaveLength(2);
    for (const browser of ["a third", "a fourth"])
      await signIn(world.asBrowser({ deviceToken: browser }), owner.identity, GOOD);
    expect(await world.mails()).toHaveLength(1);
  });

  test("tells the owner of the next browser also where they have forgotten all there were", async () => {
    const { world, owner, ctx } = await someone();
    await signIn(ctx, owner.identity, GOOD);
    const [known] = await world.db.select().from(device);
    const here = { ...ctx, actor: (await world.as(owner)).actor };
    expect((await forgetOwnBrowser(here, known?.id ?? "")).ok).toBe(true);
    await signIn(world.asBrowser({ deviceToken: "another browser" }), owner.identity, GOOD);
    expect(await world.mails()).toMatchObject([{ kind: "new_device", accountId: owner.id }]);
  });
});

describe("wrong passwords", () => {
  const wrong = "Salah-Sekali-Kata-1";
  const right = async (ctx: Context, owner: WorldAccount) => (await signIn(ctx, owner.identity, GOOD)).ok;

  test("pause after five for a minute, and then open again", async () => {
    const { world, owner, ctx } = await someone();
    for (let i = 0; i < 5; i++) await signIn(ctx, owner.identity, wrong);
    expect(await right(ctx, owner)).toBe(false);
    expect((await reasons(world)).at(-1)).toBe("paused");
    world.moveClock(seconds(59));
    expect(await right(ctx, owner)).toBe(false);
    world.moveClock(seconds(1));
    expect(await right(ctx, owner)).toBe(true);
  });

  test("double the pause with each further one, to fifteen minutes and no more", async () => {
    const { world, owner, ctx } = await someone();
    for (let i = 0; i < 5; i++) await signIn(ctx, owner.identity, wrong);
    for (const pause of [1, 2, 4, 8, 15, 15, 15]) {
      world.moveClock(minutes(pause - 0.1));
      expect(await right(ctx, owner)).toBe(false);
      world.moveClock(minutes(0.1));
      await signIn(ctx, owner.identity, wrong);
    }
    world.moveClock(minutes(15));
    expect(await right(ctx, owner)).toBe(true);
  });

  test("are forgotten by a right one", async () => {
    const { owner, ctx } = await someone();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await signIn(ctx, owner.identity, wrong);
      expect(await right(ctx, owner)).toBe(true);
    }
  });

  test("of two hundred at once five are looked at", async () => {
    const { world, owner, ctx } = await someone();
    const answers = await Promise.all(Array.from({ length: 200 }, () => signIn(ctx, owner.identity, wrong)));
    expect(answers.every(({ ok }) => !ok)).toBe(true);
    expect((await reasons(world)).filter((reason) => reason === "wrong_password").length).toBe(5);
    expect(await right(ctx, owner)).toBe(false);
  });

  test("a hundred in a row end the password from unknown browsers, for good, and its owner is told once", {
    timeout: 90_000,
  }, async () => {
    const { world, owner, ctx } = await someone();
    for (let i = 0; i < 100; i++) {
      if (i === 99) expect(await world.events("password.disabled")).toEqual([]);
      await signIn(ctx, owner.identity, wrong);
      world.moveClock(minutes(15));
    }
    expect(await right(ctx, owner)).toBe(false);
    expect(await world.events("password.disabled")).toMatchObject([
      { accountId: owner.id, data: { why: "too_many_tries" } },
    ]);
    expect(await world.mails()).toMatchObject([{ kind: "security_change", about: { change: "password_disabled" } }]);
    expect((await reasons(world)).at(-1)).toBe("disabled");
    world.moveClock(hours(24));
    expect(await right(ctx, owner)).toBe(false);
  });

  test("elsewhere do not lock out the owner's own browser", async () => {
    const { world, owner, ctx } = await someone();
    expect(await right(ctx, owner)).toBe(true);
    const attacker = world.asBrowser({ deviceToken: "the attacker's" });
    for (let i = 0; i < 20; i++) await signIn(attacker, owner.identity, wrong);
    expect(await right(attacker, owner)).toBe(false);
    expect(await right(ctx, owner)).toBe(true);
  });

  test("for a number nobody has are counted and paused alike", async () => {
    const { world, ctx } = await someone();
    for (let i = 0; i < 6; i++) await signIn(ctx, nobody, wrong);
    const { passwordThrottle } = await import("#db/schema/authenticators.ts");
    expect(await world.db.select().from(passwordThrottle)).toMatchObject([{ failures: 5, allowed: false }]);
  });

  test("from one IPv6 line count together, whichever of its addresses they come from", async () => {
    const { world } = await someone();
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const ctx = world.asBrowser({ ip: `2001:db8:1:2::${i + 1}` });
        const { ceremonyToken } = await beginSignIn(ctx, fixtureIdentity(5_000 + i), null);
        return provePassword(ctx, ceremonyToken, wrong, null);
      }),
    );
    expect(answers.filter((answer) => !answer.ok && answer.error === "too_many")).toHaveLength(10);
  });

  test("an office of a hundred signing in at once is not taken for an attack", async () => {
    const world = await newWorld();
    // Fewer tries at once for each than pause an account, however many cores there are.
    const people = await Promise.all(Array.from({ length: 25 }, () => world.account({ password: GOOD })));
    const office = world.asBrowser({ ip: "203.0.113.9", deviceToken: "one for all" });
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const identity = people[n % people.length]?.identity as IdentityNumber;
        const { ceremonyToken } = await beginSignIn(office, identity, null);
        return provePassword(office, ceremonyToken, GOOD, null);
      }),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
  });

  test("from one address are stopped at twenty a minute, whoever they are for, and others come in", async () => {
    const { world, owner } = await someone();
    const people = await Promise.all(Array.from({ length: 12 }, () => world.account()));
    const office = world.asBrowser({ ip: "203.0.113.9", deviceToken: null });
    const attempt = async (ctx: Context, identity: IdentityNumber, password: string) => {
      const { ceremonyToken } = await beginSignIn(ctx, identity, null);
      return provePassword(ctx, ceremonyToken, password, null);
    };
    const guesses = Array.from({ length: 60 }, (_, i) => attempt(office, people[i % 12]?.identity ?? nobody, wrong));
    const right = attempt(office, owner.identity, GOOD);
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => !answer.ok && answer.error === "mismatch")).toHaveLength(20);
    expect(await world.events("sign_in.refused")).toHaveLength(20);
    expect(await right).toMatchObject({ ok: false, error: "too_many", retryAfterSeconds: 60 });
    world.moveClock(minutes(1));
    expect((await attempt(office, owner.identity, GOOD)).ok).toBe(true);
  });

  test("from one address do not shut out the browsers behind it that their accounts know", async () => {
    const { world, owner } = await someone();
    const own = world.asBrowser({ ip: "203.0.113.9", deviceToken: "the owner's" });
    const attempt = async (ctx: Context, identity: IdentityNumber, password: string) => {
      const { ceremonyToken } = await beginSignIn(ctx, identity, null);
      return provePassword(ctx, ceremonyToken, password, null);
    };
    expect((await attempt(own, owner.identity, GOOD)).ok).toBe(true);
    const neighbour = world.asBrowser({ ip: "203.0.113.9", deviceToken: "somebody else's" });
    const strangers = Array.from({ length: 25 }, (_, i) => fixtureIdentity(5_000 + i));
    await Promise.all(strangers.map((identity) => attempt(neighbour, identity, wrong)));
    expect(await attempt(neighbour, owner.identity, GOOD)).toMatchObject({ ok: false, error: "too_many" });
    expect((await attempt(own, owner.identity, GOOD)).ok).toBe(true);
    expect((await attempt(world.asBrowser({ ip: "203.0.113.10" }), owner.identity, GOOD)).ok).toBe(true);
  });
});

describe("a session", () => {
  async function signedIn() {
    const begun = await someone();
    const { sessionToken } = established(await signIn(begun.ctx, begun.owner.identity, GOOD));
    return { ...begun, token: sessionToken };
  }

  test("ends after thirty minutes without a page, not before", async () => {
    const { world, ctx, token } = await signedIn();
    for (let i = 0; i < 3; i++) {
      world.moveClock(minutes(29));
      expect(await findSession(ctx, token)).not.toBeNull();
    }
    world.moveClock(minutes(30));
    expect(await findSession(ctx, token)).toBeNull();
  });

  test("ends twelve hours after it began, however busy", async () => {
    const { world, ctx, token } = await signedIn();
    for (let i = 0; i < 35; i++) {
      world.moveClock(minutes(20));
      expect(await findSession(ctx, token)).not.toBeNull();
    }
    world.moveClock(minutes(20));
    expect(await findSession(ctx, token)).toBeNull();
  });

  test("is over everywhere at once when signed out, and says so once", async () => {
    const { world, ctx, token } = await signedIn();
    await Promise.all([endSession(ctx, token, "signed_out"), endSession(ctx, token, "signed_out")]);
    expect(await findSession(ctx, token)).toBeNull();
    expect(await world.events("session.ended")).toHaveLength(1);
  });

  test.each(["suspended", "locked", "closed"] as const)("is worth nothing once its account is %s", async (status) => {
    const { world, owner, ctx, token } = await signedIn();
    const { account } = await import("#db/schema/account.ts");
    await world.db.update(account).set({ status }).where(eq(account.id, owner.id));
    expect(await findSession(ctx, token)).toBeNull();
  });
});
