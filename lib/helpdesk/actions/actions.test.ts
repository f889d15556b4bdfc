import { beforeEach, describe, expect, test } from "vitest";
import { officerAction } from "#db/schema/helpdesk.ts";
import { session } from "#db/schema/session.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addGrant, anyReason as reason } from "#lib/testing/officer.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { unsealReason } from "../reason.ts";
import { close } from "./close.ts";
import { confirmStaff } from "./confirm-staff.ts";
import { endSessions } from "./end-sessions.ts";
import { reinstate } from "./reinstate.ts";
import { sendReset } from "./send-reset.ts";
import { suspend } from "./suspend.ts";
import { unmaskIdentity } from "./unmask-identity.ts";

const PASSWORD = "Teh-Tarik-Kurang-Manis-7";

let world: World;
let owner: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  owner = await world.account({ password: PASSWORD });
});
const on = (whose: { id: string } = owner) => ({ accountId: whose.id, reason });
const browser = () => world.asBrowser({ ip: "198.51.100.1" });

describe("every action", () => {
  test("keeps who did it and why, the reason sealed, and letters name the desk and never the officer's browser", async () => {
    const sa = await world.officer("sa");
    await suspend(sa.ctx, on());
    const [kept] = await world.db.select().from(officerAction);
    expect(kept).toMatchObject({ accountId: owner.id, officerId: sa.account.id, action: "suspend" });
    expect(kept?.reasonSealed).not.toContain(reason);
    expect(unsealReason(sa.ctx, kept?.reasonSealed ?? "", kept?.id ?? "")).toBe(reason);
    expect(await world.events("account.suspended")).toMatchObject([{ data: { actionId: kept?.id } }]);
    const [mail] = await drainMail(world.asSystem());
    expect(mail?.text).toContain("dari Meja Bantuan, Ibu Pejabat");
    expect(mail?.text).not.toContain(sa.ctx.request.device);
  });

  test("that is refused leaves no action", async () => {
    const sa = await world.officer("sa");
    expect(await reinstate(sa.ctx, on())).toEqual({ ok: false, error: "not_suspended" });
    expect(await world.db.select().from(officerAction)).toEqual([]);
    expect(await world.mails()).toEqual([]);
  });

  test("of a role that has just ended does nothing", async () => {
    const { roleGrant } = await import("#db/schema/roles.ts");
    const sa = await world.officer("sa");
    await world.db.update(roleGrant).set({ state: "ended", endedAt: world.now() });
    expect(await suspend(sa.ctx, on())).toEqual({ ok: false, error: "not_found" });
  });

  test("on an account of another office, of equal rank, or on oneself does nothing and is recorded", async () => {
    const sa = await world.officer("sa");
    const elsewhere = await world.account({ officeId: (await world.anotherOffice()).id });
    const equal = await world.account();
    await addGrant(world.ctx, equal.id, { role: "sa", officeId: world.office.id });
    expect(await suspend(sa.ctx, on(elsewhere))).toEqual({ ok: false, error: "not_found" });
    expect(await suspend(sa.ctx, on({ id: "00000000-0000-0000-0000-000000000000" }))).toMatchObject({ ok: false });
    expect(await suspend(sa.ctx, on({ id: "' or 1=1" }))).toEqual({ ok: false, error: "not_found" });
    expect(await suspend(sa.ctx, on(equal))).toEqual({ ok: false, error: "outranked" });
    expect(await suspend(sa.ctx, on(sa.account))).toEqual({ ok: false, error: "outranked" });
    expect(await world.events("access.refused")).toHaveLength(5);
    expect(await world.events("account.suspended")).toEqual([]);
  });
});

describe("suspending, reinstating, closing", () => {
  test("by fifty officers at once is done by one", async () => {
    const officers = await Promise.all(Array.from({ length: 10 }, () => world.officer("sa")));
    const all = await Promise.all(officers.flatMap(({ ctx }) => Array.from({ length: 5 }, () => suspend(ctx, on()))));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.db.select().from(officerAction)).toHaveLength(1);
    const { ctx } = await world.officer("sa");
    expect(await reinstate(ctx, on())).toEqual({ ok: true, value: "activated" });
  });

  test("an SA suspends and does not close; an AP does", async () => {
    const [sa, ap] = [await world.officer("sa"), await world.officer("ap")];
    expect(await close(sa.ctx, on())).toEqual({ ok: false, error: "not_found" });
    expect(await close(ap.ctx, on())).toEqual({ ok: true, value: null });
    expect(await suspend(sa.ctx, on())).toEqual({ ok: false, error: "closed" });
  });
});

describe("the office's confirmation", () => {
  test("is given once, and opens systems to the person", async () => {
    const sa = await world.officer("sa");
    const all = await Promise.all(Array.from({ length: 5 }, () => confirmStaff(sa.ctx, on())));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await world.reload(owner)).staffConfirmedAt).toEqual(world.now());
    expect(await confirmStaff(sa.ctx, on(await world.account({ status: "closed" })))).toEqual({
      ok: false,
      error: "closed",
    });
  });
});

describe("signing somebody out", () => {
  test("ends every session, and is told; where there is none nothing is done", async () => {
    const helpdesk = await world.officer("helpdesk");
    const here = await world.as(owner);
    await world.as(owner);
    expect(await endSessions(helpdesk.ctx, on())).toEqual({ ok: true, value: 2 });
    expect(await findSession(here, here.sessionToken)).toBeNull();
    expect(await findSession(helpdesk.ctx, helpdesk.ctx.sessionToken), "the officer's goes on").not.toBeNull();
    expect(await endSessions(helpdesk.ctx, on())).toEqual({ ok: false, error: "no_sessions" });
  });
});

describe("a reset that an officer sends", () => {
  test("ends the old password and every session, and goes to the official mailbox alone", async () => {
    const helpdesk = await world.officer("helpdesk");
    const here = await world.as(owner);
    expect(await sendReset(helpdesk.ctx, on())).toEqual({ ok: true, value: { mailbox: owner.officialEmail } });
    expect(await findSession(here, here.sessionToken)).toBeNull();
    expect((await signInWithPassword(browser(), owner, PASSWORD)).ok).toBe(false);
    const [mail] = await drainMail(world.asSystem());
    expect(mail).toMatchObject({ to: owner.officialEmail });
    expect(mail?.text).toContain("/recover/");
    expect(mail?.text).toContain("dari Meja Bantuan, Ibu Pejabat");
  });

  test("that cannot go out changes nothing", async () => {
    const helpdesk = await world.officer("helpdesk");
    expect((await sendReset(helpdesk.ctx, on())).ok).toBe(true);
    const here = await world.as(owner);
    expect(await sendReset(helpdesk.ctx, on())).toEqual({ ok: false, error: "throttled" });
    expect(await findSession(here, here.sessionToken)).not.toBeNull();
    const waiting = await world.account({ status: "registered" });
    expect(await sendReset(helpdesk.ctx, on(waiting))).toEqual({ ok: false, error: "not_activated" });
  });
});

describe("a number in full", () => {
  test("is shown to an officer who has just proven who they are, and its owner is told", async () => {
    const helpdesk = await world.officer("helpdesk");
    expect(await unmaskIdentity(helpdesk.ctx, on())).toEqual({
      ok: true,
      value: { now: owner.identity, wanted: null },
    });
    expect(await world.events("identity.unmasked")).toMatchObject([{ accountId: owner.id }]);
    expect((await drainMail(world.asSystem())).map(({ to }) => to)).toEqual([owner.officialEmail]);
  });

  test("is not shown on proofs older than ten minutes, or of one factor, and nobody is told", async () => {
    const helpdesk = await world.officer("helpdesk");
    world.moveClock(minutes(10));
    world.moveClock(seconds(1));
    expect(await unmaskIdentity(helpdesk.ctx, on())).toEqual({ ok: false, error: "step_up" });
    await world.db.update(session).set({ proofs: [{ factor: "password", at: world.now().toISOString() }] });
    expect(await unmaskIdentity(helpdesk.ctx, on())).toEqual({ ok: false, error: "step_up" });
    expect(await world.events("identity.unmasked")).toEqual([]);
    expect(await world.db.select().from(officerAction)).toEqual([]);
  });

  test("is not shown to an auditor", async () => {
    const auditor = await world.officer("auditor");
    expect(await unmaskIdentity(auditor.ctx, on())).toEqual({ ok: false, error: "not_found" });
  });
});
