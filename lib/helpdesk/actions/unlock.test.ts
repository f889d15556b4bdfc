import { beforeEach, describe, expect, test } from "vitest";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { minutes } from "#lib/kernel/time.ts";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { confirmPresence } from "../caller-check/confirm-presence.ts";
import { unlock } from "./unlock.ts";

const PASSWORD = "Teh-Tarik-Kurang-Manis-7";

let world: World;
let owner: WorldAccount;
let helpdesk: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  owner = await world.account({ password: PASSWORD });
  helpdesk = await world.officer("helpdesk");
});
const unlockIt = () => unlock(helpdesk.ctx, { accountId: owner.id, reason });
const signIn = (password: string) => signInWithPassword(world.asBrowser({ ip: "198.51.100.1" }), owner, password);

describe("a pause after wrong passwords", () => {
  test("is over at once, and the owner is told", async () => {
    for (let n = 0; n < 6; n++) await signIn("salah sama sekali");
    expect((await signIn(PASSWORD)).ok, "the right one, during the pause").toBe(false);
    expect(await unlockIt()).toEqual({ ok: true, value: { was: "pauses" } });
    expect((await signIn(PASSWORD)).ok).toBe(true);
    expect((await drainMail(world.asSystem())).map(({ subject }) => subject).join()).toContain("dibuka oleh pegawai");
  });

  test("where there is none nothing is done", async () => {
    expect(await unlockIt()).toEqual({ ok: false, error: "not_locked" });
    expect(await world.mails()).toEqual([]);
  });

  test("a password that a hundred wrong ones have disabled stays so", async () => {
    const { identityIndex } = await world.reload(owner);
    const now = world.now();
    const hundred = { identityIndex, browser: "unknown", failures: 100, allowed: false, lastTriedAt: now };
    await world.db.insert(passwordThrottle).values(hundred);
    expect(await unlockIt()).toEqual({ ok: false, error: "password_disabled" });
    expect((await signIn(PASSWORD)).ok).toBe(false);
  });
});

describe("an owner's own lock", () => {
  const lock = async () => lockOwnAccount(await world.as(owner));
  const seen = () => confirmPresence(helpdesk.ctx, owner.id, reason);

  test("is lifted for a caller who has shown who they are: the old password opens nothing, a letter leads to a new one", async () => {
    await lock();
    await seen();
    expect(await unlockIt()).toEqual({ ok: true, value: { was: "lock" } });
    expect((await world.reload(owner)).status).toBe("activated");
    expect((await signIn(PASSWORD)).ok).toBe(false);
    const mails = await drainMail(world.asSystem());
    expect(mails.map(({ text }) => text).join()).toContain(`${world.ctx.origin}/recover/`);
    expect(await world.events("account.unlocked_by_officer")).toHaveLength(1);
  });

  test("stays without a check of the caller, with one older than fifteen minutes, and with another officer's", async () => {
    await lock();
    expect(await unlockIt()).toEqual({ ok: false, error: "caller_unverified" });
    const other = await world.officer("helpdesk");
    await confirmPresence(other.ctx, owner.id, reason);
    expect(await unlockIt()).toEqual({ ok: false, error: "caller_unverified" });
    await seen();
    world.moveClock(minutes(15));
    expect(await unlockIt()).toEqual({ ok: false, error: "caller_unverified" });
    expect((await world.reload(owner)).status).toBe("locked");
  });

  test("stays where no letter can go out", async () => {
    const unproven = await world.account({ status: "locked" });
    const { account } = await import("#db/schema/account.ts");
    await world.db.update(account).set({ officialEmailVerifiedAt: null });
    await confirmPresence(helpdesk.ctx, unproven.id, reason);
    expect(await unlock(helpdesk.ctx, { accountId: unproven.id, reason })).toEqual({
      ok: false,
      error: "mailbox_unverified",
    });
    expect((await world.reload(unproven)).status).toBe("locked");
  });

  test("of fifty presses is lifted by one, and one letter goes out", async () => {
    await lock();
    await seen();
    const all = await Promise.all(Array.from({ length: 50 }, unlockIt));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await world.mails()).filter(({ kind }) => kind === "password_reset")).toHaveLength(1);
  });
});
