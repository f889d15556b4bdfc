import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { days, minutes, seconds } from "#lib/kernel/time.ts";
import { newestLink } from "#lib/testing/activation.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { viewActivationLink } from "../activation/activation.ts";
import { lapseRegistrations } from "./lapse-registrations.ts";
import { preRegisterStaff, type StaffMember } from "./pre-register-staff.ts";
import { registerAccount } from "./register-account.ts";

const preRegister = (world: World, staff: readonly StaffMember[]) =>
  world.db.transaction((tx) => preRegisterStaff(tx, world.ctx, staff));

const identity: IdentityNumber = { type: "mykad", number: "910203140000" };
const wanted = (world: World, changed: Partial<Parameters<typeof registerAccount>[1]> = {}) => ({
  identity,
  fullName: "Nur Aisyah binti Contoh",
  officialEmail: "aisyah@contoh.example.gov.my",
  officeId: world.office.id,
  ...changed,
});
const another: IdentityNumber = { type: "mykad", number: "880808080000" };

describe("registering", () => {
  test("a new person gets an account, a link and one letter, all or nothing", async () => {
    const world = await newWorld();
    await registerAccount(world.ctx, wanted(world), true);
    const [row] = await world.db.select().from(account);
    expect(row).toMatchObject({ status: "registered", language: "ms", staffConfirmedAt: null });
    expect(row?.identitySealed).not.toContain("910203");
    expect((await world.mails()).map(({ kind, to }) => [kind, to])).toEqual([
      ["activation", "aisyah@contoh.example.gov.my"],
    ]);
    expect((await world.events()).map(({ type }) => type)).toEqual(["account.registered", "activation_link.issued"]);
  });

  test("of fifty parallel registrations of one identity one becomes an account", async () => {
    const world = await newWorld();
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        registerAccount(world.ctx, wanted(world, { officialEmail: `orang${i}@contoh.example.gov.my` }), true),
      ),
    );
    expect(await world.db.select().from(account)).toHaveLength(1);
    expect(await world.events("account.registered")).toHaveLength(1);
    expect(await world.events("registration.refused")).toHaveLength(49);
  });

  test("of fifty parallel registrations of one mailbox one becomes an account, however the address is written", async () => {
    const world = await newWorld();
    const people = Array.from(
      { length: 50 },
      (_, i): IdentityNumber => ({
        type: "mykad",
        number: `9001${String((i % 28) + 1).padStart(2, "0")}${i < 28 ? "01" : "02"}0000`,
      }),
    );
    await Promise.all(
      people.map((person, i) =>
        registerAccount(
          world.ctx,
          wanted(world, {
            identity: person,
            officialEmail: i % 2 ? "AISYAH@contoh.example.gov.my" : "aisyah@contoh.example.gov.my",
          }),
          true,
        ),
      ),
    );
    expect(await world.db.select().from(account)).toHaveLength(1);
  });

  test("a taken identity tells its owner, never the one who asked, and changes nothing", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "activated", identity });
    await registerAccount(world.ctx, wanted(world), true);
    const [letter, ...more] = await world.mails();
    expect(letter).toMatchObject({ kind: "already_registered", to: owner.officialEmail, about: { what: "identity" } });
    expect(more).toEqual([]);
    expect(await world.reload(owner)).toMatchObject({ status: "activated", officialEmail: owner.officialEmail });
  });

  test("a taken mailbox tells its owner", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "activated", officialEmail: "aisyah@contoh.example.gov.my" });
    await registerAccount(world.ctx, wanted(world), true);
    expect(await world.mails()).toMatchObject([
      { kind: "already_registered", accountId: owner.id, about: { what: "email" } },
    ]);
  });

  test("notices to an owner keep to one a minute and five an hour, also at once", async () => {
    const world = await newWorld();
    await world.account({ status: "activated", identity });
    await Promise.all(Array.from({ length: 12 }, () => registerAccount(world.ctx, wanted(world), true)));
    expect(await world.mails()).toHaveLength(1);
    for (let i = 0; i < 10; i++) {
      world.moveClock(minutes(2));
      await registerAccount(world.ctx, wanted(world), true);
    }
    expect(await world.mails()).toHaveLength(5);
  });

  test("somebody pre-registered who registers all the same gets the activation letter at the mailbox on record", async () => {
    const world = await newWorld();
    await preRegister(world, [
      {
        identity,
        fullName: "Nur Aisyah binti Contoh",
        officialEmail: "rekod@contoh.example.gov.my",
        officeId: world.office.id,
        opensAt: null,
      },
    ]);
    await registerAccount(world.ctx, wanted(world), true);
    expect(await world.mails()).toMatchObject([{ kind: "activation", to: "rekod@contoh.example.gov.my" }]);
    expect(await world.db.select().from(account)).toMatchObject([{ status: "pre_registered" }]);
  });

  test("importing the same people twice makes each account once", async () => {
    const world = await newWorld();
    const staff = [identity, another].map((one, i) => ({
      identity: one,
      fullName: "Orang Contoh",
      officialEmail: `orang${i}@contoh.example.gov.my`,
      officeId: world.office.id,
      opensAt: null,
    }));
    expect(await preRegister(world, staff)).toHaveLength(2);
    expect(await preRegister(world, staff)).toHaveLength(0);
    expect(await world.events("account.pre_registered")).toHaveLength(2);
  });

  test("a slip in the address is mended from the browser it was made in, and the letter to the wrong mailbox opens nothing", async () => {
    const world = await newWorld();
    const browser = world.asBrowser({ deviceToken: "the browser of aisyah" });
    await registerAccount(browser, wanted(world, { officialEmail: "asiyah@contoh.example.gov.my" }), true);
    const [row] = await world.db.select().from(account);
    const wrong = await newestLink(world.ctx, row ?? { id: "" });
    world.moveClock(seconds(20));
    await registerAccount(browser, wanted(world), true);

    expect(await world.db.select().from(account)).toMatchObject([{ officialEmail: "aisyah@contoh.example.gov.my" }]);
    expect((await drainMail(world.ctx)).map(({ to }) => to)).toEqual(["aisyah@contoh.example.gov.my"]);
    expect(await viewActivationLink(world.ctx, wrong.token)).toEqual({ ok: false, error: "superseded" });
  });

  test("slips mended at once towards each other's mailboxes end well, and each mailbox has one account", async () => {
    const world = await newWorld();
    const people = [identity, another].map((one, i) => ({
      browser: world.asBrowser({ deviceToken: `browser ${i}` }),
      wanted: wanted(world, { identity: one, officialEmail: `orang${i}@contoh.example.gov.my` }),
    }));
    for (const person of people) await registerAccount(person.browser, person.wanted, true);
    world.moveClock(minutes(2));
    const swapped = people.map(({ browser, wanted }, i) =>
      registerAccount(browser, { ...wanted, officialEmail: `orang${1 - i}@contoh.example.gov.my` }, true),
    );
    const taken = Array.from({ length: 10 }, (_, i) =>
      registerAccount(
        people[0]?.browser ?? world.ctx,
        wanted(world, { officialEmail: `baharu${i % 2}@contoh.example.gov.my` }),
        true,
      ),
    );
    const others = Array.from({ length: 10 }, (_, i) =>
      registerAccount(
        world.ctx,
        wanted(world, {
          identity: { type: "mykad", number: `77010${(i % 9) + 1}010000` },
          officialEmail: `baharu${i % 2}@contoh.example.gov.my`,
        }),
        true,
      ),
    );
    await Promise.all([...swapped, ...taken, ...others]);
    const mailboxes = (await world.db.select().from(account)).map(({ officialEmail }) => officialEmail);
    expect(new Set(mailboxes).size).toBe(mailboxes.length);
  });

  test("from another browser nothing of a registration can be changed", async () => {
    const world = await newWorld();
    await registerAccount(world.asBrowser({ deviceToken: "the browser of aisyah" }), wanted(world), true);
    world.moveClock(minutes(2));
    await registerAccount(
      world.asBrowser({ deviceToken: "another browser" }),
      wanted(world, { officialEmail: "lain@contoh.example.gov.my" }),
      true,
    );
    expect(await world.db.select().from(account)).toMatchObject([{ officialEmail: "aisyah@contoh.example.gov.my" }]);
  });

  test("a mailbox that was proven is not changed by registering again, in whichever browser", async () => {
    const world = await newWorld();
    const browser = world.asBrowser({ deviceToken: "the browser of aisyah" });
    await registerAccount(browser, wanted(world), true);
    await world.db.update(account).set({ status: "email_verified" });
    world.moveClock(minutes(2));
    await registerAccount(browser, wanted(world, { officialEmail: "lain@contoh.example.gov.my" }), true);
    expect(await world.db.select().from(account)).toMatchObject([{ officialEmail: "aisyah@contoh.example.gov.my" }]);
  });

  test("after seven days without activation identity and mailbox are free again, and the agency's people wait on", async () => {
    const world = await newWorld();
    await registerAccount(world.ctx, wanted(world), true);
    await preRegister(world, [
      {
        identity: another,
        fullName: "Orang Contoh",
        officialEmail: "orang@contoh.example.gov.my",
        officeId: world.office.id,
        opensAt: null,
      },
    ]);
    world.moveClock(days(6.9));
    expect(await lapseRegistrations(world.ctx)).toBe(0);
    world.moveClock(days(0.2));
    expect(await lapseRegistrations(world.ctx)).toBe(1);
    await registerAccount(world.ctx, wanted(world), true);
    expect((await world.db.select().from(account)).map(({ status }) => status).sort()).toEqual([
      "closed",
      "pre_registered",
      "registered",
    ]);
    expect(await world.events("account.lapsed")).toHaveLength(1);
  });
});

test("while registration is closed nobody is registered, and nobody is told anything", async () => {
  const world = await newWorld({ policy: { registration: "closed" } });
  expect(await registerAccount(world.ctx, wanted(world), true)).toEqual({ ok: false, error: "registration_closed" });
  expect(await world.mails()).toEqual([]);
  expect(await world.events()).toEqual([]);
});
