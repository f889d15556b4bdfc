import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { findSession } from "#lib/session/session.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn } from "#lib/testing/new-world.ts";
import { begunSignIn, givePassword, signInWithPassword } from "#lib/testing/sign-in.ts";
import { viewTicket } from "../enrolment/begin-enrolment.ts";
import { issueTicket } from "../enrolment/issue-ticket.ts";
import { openReset } from "../forgotten-password/open-reset.ts";
import { viewReset } from "../forgotten-password/view-reset.ts";
import { reinstateAccount } from "./reinstate-account.ts";
import { suspendAccount } from "./suspend-account.ts";

const PASSWORD = "Teh-Tarik-Kurang-Manis-7";
const isOpen = async (ctx: SignedIn) => (await findSession(ctx, ctx.sessionToken)) !== null;

async function somebody() {
  const world = await newWorld();
  const owner = await world.account({ password: PASSWORD });
  const suspend = () =>
    world.db.transaction((tx) => suspendAccount(tx, world.asSystem(), owner.id, { actionId: randomUUID() }));
  const reinstate = () =>
    world.db.transaction((tx) => reinstateAccount(tx, world.asSystem(), owner.id, { actionId: randomUUID() }));
  return { world, owner, suspend, reinstate };
}

describe("a suspended account", () => {
  test("is signed out everywhere, opens for nobody, and its owner is told", async () => {
    const { world, owner, suspend } = await somebody();
    const sessions = [await world.as(owner), await world.as(owner)];
    const browser = world.asBrowser({ ip: "198.51.100.1" });
    const waiting = await begunSignIn(browser, owner);
    expect(await suspend()).toEqual({ ok: true, value: null });
    expect(await Promise.all(sessions.map(isOpen))).toEqual([false, false]);
    expect(await givePassword(browser, waiting, PASSWORD)).toEqual({ ok: false, error: "start_again" });
    expect((await signInWithPassword(browser, owner, PASSWORD)).ok).toBe(false);
    const [mail] = await drainMail(world.asSystem());
    expect(mail?.subject).toContain("Akaun digantung");
    expect(mail?.text, "nothing is left to open or to lock").not.toMatch(/\/settings|\/lock\//);
  });

  test("is told in words that are true of officers and of the portal by itself", async () => {
    const { world, owner } = await somebody();
    await world.db.transaction((tx) => suspendAccount(tx, world.asSystem(), owner.id, { leaverId: randomUUID() }));
    const [mail] = await drainMail(world.asSystem());
    expect(mail?.text).toContain("Akaun anda digantung.");
    expect(mail?.text).not.toMatch(/[Ss]eorang pegawai|anda yang buat|mengunci akaun/);
  });

  test("takes no new password and no new factor that were under way", async () => {
    const { world, owner, suspend, reinstate } = await somebody();
    const begun = await world.db.transaction(async (tx) => ({
      reset: await openReset(tx, world.ctx, owner.id),
      ticket: await issueTicket(tx, world.ctx, owner.id, "officers"),
    }));
    await suspend();
    await reinstate();
    expect((await viewReset(world.ctx, begun.reset.resetToken)).ok).toBe(false);
    expect(await viewTicket(world.ctx, begun.ticket.token)).toEqual({ ok: false, error: "cancelled" });
  });

  test("is suspended once by fifty at once", async () => {
    const { world, suspend } = await somebody();
    const all = await Promise.all(Array.from({ length: 50 }, suspend));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("account.suspended")).toHaveLength(1);
  });

  test("that is closed cannot be suspended", async () => {
    const { world } = await somebody();
    const closed = await world.account({ status: "closed" });
    const tried = world.db.transaction((tx) =>
      suspendAccount(tx, world.asSystem(), closed.id, { leaverId: randomUUID() }),
    );
    expect(await tried).toEqual({ ok: false, error: "closed" });
  });

  test("of a leaver says why in the trail", async () => {
    const { world, owner } = await somebody();
    await world.db.transaction((tx) => suspendAccount(tx, world.asSystem(), owner.id, { leaverId: randomUUID() }));
    expect(await world.events("account.suspended")).toMatchObject([{ data: { why: "left", actionId: null } }]);
  });
});

describe("reinstating", () => {
  test("gives back the state it was suspended in, a lock of the owner's included", async () => {
    const { world, owner, suspend, reinstate } = await somebody();
    await lockOwnAccount(await world.as(owner));
    await suspend();
    expect(await reinstate()).toEqual({ ok: true, value: "locked" });
    expect((await world.reload(owner)).status).toBe("locked");
  });

  test("lets its owner sign in again, and tells them", async () => {
    const { world, owner, suspend, reinstate } = await somebody();
    await suspend();
    expect(await reinstate()).toEqual({ ok: true, value: "activated" });
    expect((await signInWithPassword(world.asBrowser({ ip: "198.51.100.1" }), owner, PASSWORD)).ok).toBe(true);
    expect(await world.events("account.reinstated")).toMatchObject([{ accountId: owner.id }]);
  });

  test("is refused where nothing was suspended", async () => {
    const { reinstate } = await somebody();
    expect(await reinstate()).toEqual({ ok: false, error: "not_suspended" });
  });
});
