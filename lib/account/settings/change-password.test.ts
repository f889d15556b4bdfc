import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { session } from "#db/schema/session.ts";
import { hashSecret } from "#lib/authenticators/hashing.ts";
import { setPassword } from "#lib/authenticators/password/set-password.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { findSession } from "#lib/session/session.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { begunSignIn, givePassword, signInWithPassword as signIn } from "#lib/testing/sign-in.ts";
import { changePassword } from "./change-password.ts";

const OLD = "Teh-Tarik-Kurang-Manis-7";
const NEW = "Nasi-Lemak-Ikan-Bilis-4";

async function someone() {
  const world = await newWorld();
  const owner = await world.account({ password: OLD });
  return { world, owner, here: await world.as(owner) };
}

const isOpen = async (ctx: SignedIn, token = ctx.sessionToken) => (await findSession(ctx, token)) !== null;
const browser = (world: World, n: number) =>
  world.asBrowser({ ip: `198.51.100.${n % 250}`, deviceToken: `browser ${n}` });

describe("changing the password", () => {
  test("ends the other sessions, and gives this one a new secret", async () => {
    const { world, owner, here } = await someone();
    const there = await world.as(owner);
    const changed = await changePassword(here, NEW);
    if (!changed.ok) throw new Error(changed.error);
    expect(await isOpen(there)).toBe(false);
    expect(await isOpen(here)).toBe(false);
    expect(await isOpen(here, changed.value.sessionToken)).toBe(true);
    expect((await signIn(browser(world, 1), owner, OLD)).ok).toBe(false);
    expect((await signIn(browser(world, 1), owner, NEW)).ok).toBe(true);
  });

  test("is in the trail, and told to the owner", async () => {
    const { world, owner, here } = await someone();
    await changePassword(here, NEW);
    expect(await world.events("password.changed")).toMatchObject([{ accountId: owner.id, actorId: owner.id }]);
    expect(await world.mails()).toMatchObject([{ kind: "security_change", about: { change: "password_changed" } }]);
    const trail = JSON.stringify([await world.events(), await world.mails()]);
    expect(trail).not.toContain(NEW);
  });

  test.each([
    ["Pendek-1", "password_length_jpa"],
    [OLD, "password_same"],
    ["Password-1234", "password_common"],
  ])("to %s is refused, and nothing has changed", async (plain, refusal) => {
    const { world, owner, here } = await someone();
    const there = await world.as(owner);
    expect(await changePassword(here, plain)).toEqual({ ok: false, error: refusal });
    expect(await Promise.all([isOpen(here), isOpen(there)])).toEqual([true, true]);
    expect(await world.events("password.changed")).toEqual([]);
    expect((await signIn(browser(world, 1), owner, OLD)).ok).toBe(true);
  });

  test("needs a fresh proof, whatever the password", async () => {
    const { world, here } = await someone();
    world.moveClock(minutes(11));
    for (const plain of [NEW, OLD, "Pendek-1"])
      expect(await changePassword(here, plain)).toEqual({ ok: false, error: "step_up" });
    expect(await changePassword(world.ctx, NEW)).toEqual({ ok: false, error: "signed_out" });
  });

  test("enables one that was disabled, and frees an owner whom somebody's guesses had shut out", async () => {
    const { world, owner, here } = await someone();
    for (let n = 0; n < 6; n++) await signIn(browser(world, 9), owner, "Salah-Sekali-Kata-1");
    await world.db.update(passwordCredential).set({ disabledAt: world.now() });
    expect((await changePassword(here, NEW)).ok).toBe(true);
    expect((await signIn(browser(world, 9), owner, NEW)).ok).toBe(true);
  });

  test("keeps what this session has proven: it may go on to the next sensitive change", async () => {
    const { world, owner } = await someone();
    const ctx = browser(world, 1);
    const answer = await signIn(ctx, owner, OLD);
    if (!answer.ok || answer.value.step !== "established") throw new Error("not signed in");
    const [opened] = await world.db.select().from(session).where(sql`${session.proofs} -> 0 ? 'credential'`);
    if (!opened) throw new Error("no session names its password");
    const here: Context = { ...ctx, actor: { kind: "account", accountId: owner.id, sessionId: opened.id } };
    expect((await changePassword(here, NEW)).ok).toBe(true);
    const [now] = await world.db
      .select({ same: sql<boolean>`proofs -> 0 ->> 'credential' = encode(sha256(convert_to(hash, 'UTF8')), 'hex')` })
      .from(session)
      .innerJoin(passwordCredential, eq(passwordCredential.accountId, session.accountId))
      .where(eq(session.id, opened.id));
    expect(now).toEqual({ same: true });
  });

  test("of twenty at once each is whole, and the last one's session is the only one", async () => {
    const { world, owner, here } = await someone();
    const passwords = Array.from({ length: 20 }, (_, n) => `Pilihan-Nombor-${String(n).padStart(2, "0")}!`);
    const answers = await Promise.all(passwords.map((password) => changePassword(here, password)));
    const tokens = answers.flatMap((answer) => (answer.ok ? [answer.value.sessionToken] : []));
    expect(tokens).toHaveLength(20);
    const alive = await Promise.all(tokens.map((token) => isOpen(here, token)));
    expect(alive.filter(Boolean)).toHaveLength(1);
    const winner = passwords[alive.indexOf(true)] as string;
    expect((await signIn(browser(world, 1), owner, winner)).ok).toBe(true);
    expect(await world.events("password.changed")).toHaveLength(20);
  });
});

describe("a sign-in with the old password while it is being changed", () => {
  test("opens nothing that outlives the change, however many are tried", async () => {
    const { world, owner, here } = await someone();
    const begun = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const ctx = browser(world, n);
        return { ctx, token: await begunSignIn(ctx, owner) };
      }),
    );
    const [changed] = await Promise.all([
      changePassword(here, NEW),
      ...begun.map(({ ctx, token }) => givePassword(ctx, token, OLD)),
    ]);
    if (!changed.ok) throw new Error(changed.error);
    const open = await world.db.select({ id: session.id }).from(session).where(sql`${session.endedAt} is null`);
    expect(open).toEqual([{ id: here.actor.sessionId }]);
  });

  test("waits for a change that is not committed yet, and is then refused", async () => {
    const { world, owner, here } = await someone();
    const hashed = await hashSecret(NEW);
    if (!hashed.ok) throw new Error(hashed.error);
    const row = await world.reload(owner);
    let signing: ReturnType<typeof signIn> | undefined;
    await world.db.transaction(async (tx) => {
      await setPassword(tx, here, row, hashed.value);
      await endSessionsOf(tx, here, owner.id, { all: true, except: here.actor.sessionId }, "password_changed");
      signing = signIn(browser(world, 1), owner, OLD);
      await Promise.race([signing, untilSomebodyWaits(world)]);
    });
    expect(await signing).toEqual({ ok: false, error: "start_again" });
    const open = await world.db.select({ id: session.id }).from(session).where(sql`${session.endedAt} is null`);
    expect(open).toEqual([{ id: here.actor.sessionId }]);
  });
});

/** Until a statement waits for another's lock. */
async function untilSomebodyWaits(world: World): Promise<void> {
  for (;;) {
    const waiting = await world.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.rows.length > 0) return;
  }
}
