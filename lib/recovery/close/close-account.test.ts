import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { accessRequest } from "#db/schema/relying-party.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { googleLink } from "#db/schema/second-factors.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { requestName } from "#lib/account/profile/request-correction.ts";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import { days } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { answerAll, beginActivation } from "#lib/testing/activation.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { anonymiseClosed } from "./anonymise-closed.ts";
import { closeAccount } from "./close-account.ts";
import { reopenAccount } from "./reopen-account.ts";

const GOOGLE = { subject: "107691503500061507151", email: "pegawai@contoh.example" };
const PASSWORD = "Teh-Tarik-Kurang-Manis-7";

let world: World;
let owner: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  owner = await world.account({ password: PASSWORD });
});
const close = (whose: { id: string } = owner) =>
  world.db.transaction((tx) =>
    closeAccount(tx, world.asSystem(), whose.id, { type: "account.closed", actionId: randomUUID() }),
  );
const reopen = (whose: { id: string } = owner) =>
  world.db.transaction((tx) => reopenAccount(tx, world.asSystem(), whose.id, { requestId: randomUUID() }));

describe("closing an account", () => {
  test("ends its sessions, roles, links and cases, and tells its owner", async () => {
    const here = await world.as(owner);
    await requestName(here, { fullName: "Contoh Lain" });
    await addGrant(world.ctx, owner.id, { role: "helpdesk", officeId: world.office.id });
    expect(await close()).toEqual({ ok: true, value: null });
    expect(await findSession(here, here.sessionToken)).toBeNull();
    expect(await world.db.select({ state: helpdeskCase.state }).from(helpdeskCase)).toEqual([{ state: "closed" }]);
    expect(await world.db.select({ state: roleGrant.state }).from(roleGrant)).toEqual([{ state: "ended" }]);
    expect(await world.events("role.ended")).toMatchObject([{ accountId: owner.id }]);
    const told = (await drainMail(world.asSystem())).filter(({ subject }) => subject.includes("Akaun ditutup"));
    expect(told.map(({ to }) => to)).toEqual([owner.officialEmail]);
  });

  test("frees its number, its mailbox and its Google account for another", async () => {
    await linkGoogle(await world.as(owner), GOOGLE);
    await close();
    const { identity, officialEmail } = owner;
    const again = { identity, fullName: "Contoh Baharu", officialEmail, officeId: world.office.id };
    await registerAccount(world.ctx, again, true);
    expect(await world.events("account.registered")).toHaveLength(1);
    expect(await world.db.select().from(googleLink)).toEqual([]);
    expect(await linkGoogle(await world.as(await world.account()), GOOGLE)).toMatchObject({ ok: true });
  });

  test("is done once by fifty at once", async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => close()));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("account.closed")).toHaveLength(1);
  });
});

describe("reopening", () => {
  test("lets its person activate it anew, with a new password, and nothing of before", async () => {
    await linkGoogle(await world.as(owner), GOOGLE);
    await close();
    expect(await reopen()).toEqual({ ok: true, value: null });
    expect(await world.reload(owner)).toMatchObject({
      status: "pre_registered",
      closedAt: null,
      activatedAt: null,
      officialEmailVerifiedAt: null,
      staffConfirmedAt: world.now(),
    });
    const { ceremonyToken } = await beginActivation(world.ctx, owner, () => drainMail(world.asSystem()));
    await answerAll(world.ctx, ceremonyToken);
    expect(await finishActivation(world.ctx, ceremonyToken, "Rumah-Hijau-Di-Tepi-Sawah-3")).toMatchObject({ ok: true });
    const browser = world.asBrowser({ ip: "198.51.100.1" });
    expect((await signInWithPassword(browser, owner, PASSWORD)).ok, "the old password").toBe(false);
    expect((await signInWithPassword(browser, owner, "Rumah-Hijau-Di-Tepi-Sawah-3")).ok).toBe(true);
  });

  test("works for an account that kept its password when it closed", async () => {
    const lapsed = await world.account({ status: "closed", password: PASSWORD });
    expect((await reopen(lapsed)).ok).toBe(true);
    const left = await world.db.select().from(passwordCredential).where(eq(passwordCredential.accountId, lapsed.id));
    expect(left).toEqual([]);
  });

  test("is refused while another has its number, or its mailbox, and changes nothing", async () => {
    await close();
    const successor = await world.account({ identity: owner.identity });
    expect(await reopen()).toEqual({ ok: false, error: "identity_taken" });
    await close(successor);
    await world.account({ officialEmail: owner.officialEmail });
    expect(await reopen()).toEqual({ ok: false, error: "mailbox_taken" });
    expect((await world.reload(owner)).status).toBe("closed");
  });

  test("is refused for one that is in use", async () => {
    expect(await reopen()).toEqual({ ok: false, error: "not_closed" });
  });
});

describe("two years after an account closed", () => {
  test("nothing says any more whose it was, the trail's ids stay, and it cannot be reopened", async () => {
    const here = await world.as(owner);
    await requestName(here, { fullName: "Contoh Lain" });
    const asked = { id: randomUUID(), accountId: owner.id, noteSealed: "x", requestedAt: world.now() };
    await world.db.insert(accessRequest).values({ ...asked, relyingPartyId: (await addRelyingParty(world.ctx)).id });
    await close();
    await drainMail(world.asSystem());
    world.moveClock(days(731));
    expect(await anonymiseClosed(world.asSystem(), new Date(world.now().getTime() - days(730)))).toBe(1);
    const left = JSON.stringify([
      await world.reload(owner),
      await world.mails(),
      await world.db.select().from(helpdeskCase),
    ]);
    expect(left).not.toContain(owner.officialEmail);
    expect(left).not.toContain(owner.fullName);
    expect(unsealIdentity(world.ctx, await world.reload(owner))).not.toEqual(owner.identity);
    expect(await world.db.select().from(accessRequest)).toMatchObject([{ noteSealed: null, state: "withdrawn" }]);
    expect((await world.events("account.closed"))[0]?.accountId).toBe(owner.id);
    expect(await reopen()).toEqual({ ok: false, error: "anonymous" });
    expect(await anonymiseClosed(world.asSystem(), world.now()), "once").toBe(0);
  });

  test("one that closed later, and one that is in use, stay as they are", async () => {
    await close();
    world.moveClock(days(729));
    expect(await anonymiseClosed(world.asSystem(), new Date(world.now().getTime() - days(730)))).toBe(0);
    expect((await world.reload(owner)).fullName).toBe(owner.fullName);
  });
});
