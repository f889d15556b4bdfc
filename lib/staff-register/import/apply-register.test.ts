import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { staffDifference, staffImport, staffImportChunk } from "#db/schema/staff-register.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { everything, importOf, rowsOf } from "#lib/testing/staff-imports.ts";
import { applied, asOperator, staffFile, staffLine, uploaded } from "#lib/testing/staff-register.ts";
import { applyRegister } from "./apply-register.ts";
import { discardImport, startApplying } from "./decide-import.ts";
import { readRegister } from "./read-register.ts";
import { uploadRegister } from "./upload-register.ts";

const now = { opensAt: null, suspendsAt: null, evenMany: false };

describe("applying", () => {
  test("pre-registers new people, lists and confirms those who were waiting, and gives each an event", async () => {
    const world = await newWorld();
    const waiting = await world.account({ staffConfirmed: false });
    const stranger = await world.account({ staffConfirmed: false });
    const line = (of: typeof waiting, email = of.officialEmail) =>
      staffLine(0, { identity: (of.identity as { number: string }).number, name: of.fullName.toUpperCase(), email });
    const opensAt = new Date("2026-12-01T00:00:00Z");
    await applied(world.ctx, staffFile(staffLine(10), line(waiting), line(stranger, "daftar@contoh.example.gov.my")), {
      opensAt,
    });

    const [added] = await world.db.query.account.findMany({ where: (a, { eq }) => eq(a.status, "pre_registered") });
    expect(added).toMatchObject({
      opensAt,
      listedAt: world.now(),
      staffConfirmedAt: world.now(),
      officialEmail: "staf10@contoh.example.gov.my",
    });
    expect(await world.reload(waiting)).toMatchObject({
      fullName: waiting.fullName,
      staffConfirmedAt: world.now(),
      listedAt: world.now(),
    });
    // Whoever registered with somebody's number and a mailbox of their own is confirmed by nobody.
    expect(await world.reload(stranger)).toMatchObject({
      staffConfirmedAt: null,
      officialEmail: stranger.officialEmail,
    });
    expect(await world.db.select().from(staffDifference)).toMatchObject([
      { accountId: stranger.id, field: "official_email", value: "daftar@contoh.example.gov.my" },
    ]);
    expect((await world.events()).map(({ type }) => type)).toEqual([
      "register.uploaded",
      "register.approved",
      "account.pre_registered",
      "staff.listed",
      "staff.listed",
      "staff.confirmed",
      "register.applied",
    ]);
    expect((await world.mails()).map(({ accountId, about }) => [accountId, about])).toMatchObject([
      [waiting.id, { change: "staff_confirmed" }],
    ]);
    expect(await rowsOf(world)).toEqual([]);
    expect(await world.db.select().from(staffImportChunk)).toEqual([]);
  });

  test("confirms nobody by an identity alone, where the row has no mailbox", async () => {
    const world = await newWorld();
    const stranger = await world.account({ staffConfirmed: false });
    const { number } = stranger.identity as { number: string };
    await applied(world.ctx, staffFile(staffLine(0, { identity: number, name: stranger.fullName, email: "" })));
    expect(await world.reload(stranger)).toMatchObject({ staffConfirmedAt: null, listedAt: world.now() });
    expect(await world.events("staff.confirmed")).toEqual([]);
  });

  test("the same file twice changes nothing", async () => {
    const world = await newWorld();
    const activated = await world.account();
    const file = staffFile(
      staffLine(10),
      staffLine(11, { leaves: "31/12/2026" }),
      staffLine(0, { identity: (activated.identity as { number: string }).number, name: "Nama Lain" }),
      staffLine(12, { name: "9" }),
    );
    await applied(world.ctx, file, { isWhole: true });
    const once = await everything(world);
    expect(once.leavers).toHaveLength(1);
    expect(once.differences).toHaveLength(2);
    world.moveClock(seconds(1));
    await applied(world.ctx, file, { isWhole: true });
    expect(await everything(world)).toEqual(once);
    expect((await importOf(world)).counts).toMatchObject({
      new: 0,
      changed: 0,
      same: 3,
      ending: 0,
      bad: 1,
      missing: 0,
    });
  });

  test("before its activation an account is as the register says, and links to its former mailbox open nothing", async () => {
    const world = await newWorld();
    await applied(world.ctx, staffFile(staffLine(10)));
    const [added] = await world.db.query.account.findMany();
    await world.db.execute(sql`insert into activation_link (id, account_id, mailbox, token_digest, code_digest, requested_from, created_at)
      values (gen_random_uuid(), ${added?.id}, 'x@contoh.example.gov.my', 'a', 'b', '', ${world.now()})`);
    await applied(world.ctx, staffFile(staffLine(10, { name: "Nama Baharu", email: "baharu@contoh.example.gov.my" })));
    expect(await world.reload({ id: added?.id ?? "" })).toMatchObject({
      fullName: "Nama Baharu",
      officialEmail: "baharu@contoh.example.gov.my",
    });
    const { rows: links } = await world.owner.query("select superseded_at from activation_link");
    expect(links).toEqual([{ superseded_at: world.now() }]);
    expect(await world.db.select().from(staffDifference)).toEqual([]);
  });

  test("a difference that was looked at stays so until the register says something else, and goes when both agree", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const line = (name: string) =>
      staffFile(
        staffLine(0, { identity: (owner.identity as { number: string }).number, name, email: owner.officialEmail }),
      );
    const states = async () =>
      (await world.db.select().from(staffDifference)).map(({ state, value }) => `${state} ${value}`);
    await applied(world.ctx, line("Nama Lain"));
    await world.db.update(staffDifference).set({ state: "dismissed" });
    await applied(world.ctx, line("Nama Lain"));
    expect(await states()).toEqual(["dismissed Nama Lain"]);
    await applied(world.ctx, line("Nama Ketiga"));
    expect(await states()).toEqual(["open Nama Ketiga"]);
    await applied(world.ctx, line(owner.fullName.toUpperCase()));
    expect(await states()).toEqual([]);
  });

  test("people who registered since the preview keep their account and their mailbox", async () => {
    const world = await newWorld();
    const operator = asOperator(world.ctx);
    const waiting = await world.account({ status: "pre_registered", identity: fixtureIdentity(12) });
    const importId = await uploaded(operator, staffFile(staffLine(10), staffLine(11), staffLine(12), staffLine(13)));
    const meanwhile = await world.account({
      identity: fixtureIdentity(10),
      staffConfirmed: false,
      officialEmail: "staf10@contoh.example.gov.my",
    });
    for (const n of [11, 12]) await world.account({ officialEmail: `staf${n}@contoh.example.gov.my` });
    await startApplying(operator, importId, now);
    await applyRegister(world.asSystem(), importId);
    expect(await world.reload(meanwhile)).toMatchObject({
      status: "activated",
      listedAt: world.now(),
      staffConfirmedAt: world.now(),
    });
    expect(await rowsOf(world)).toEqual(["3 bad email_taken", "4 bad email_taken"]);
    expect((await world.reload(waiting)).officialEmail).toBe(waiting.officialEmail);
    expect((await importOf(world)).counts).toMatchObject({ new: 1, changed: 1, bad: 2 });
  });

  test("of six who start and six who work on it at once one does, and each line is applied once", async () => {
    const world = await newWorld();
    const operator = asOperator(world.ctx);
    const importId = await uploaded(operator, staffFile(...Array.from({ length: 40 }, (_, n) => staffLine(n))));
    const six = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 6 }, work));
    const started = await six(() => startApplying(operator, importId, now));
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
    await six(() => applyRegister(world.asSystem(), importId));
    expect(await world.events("account.pre_registered")).toHaveLength(40);
    expect(await world.events("register.applied")).toHaveLength(1);
    expect(await world.events("register.approved")).toHaveLength(1);
  });

  test("the trail says who approved it, and that the portal applied it, whoever runs the work", async () => {
    const world = await newWorld();
    const { account, ctx } = await world.officer("administrator");
    const byOfficer = await uploaded(ctx, staffFile(staffLine(10)));
    expect(await startApplying(ctx, byOfficer, now)).toMatchObject({ ok: true });
    await applyRegister(world.asSystem(), byOfficer);
    const operator = asOperator(world.ctx);
    const byOperator = await uploaded(operator, staffFile(staffLine(11)));
    expect(await startApplying(operator, byOperator, now)).toMatchObject({ ok: true });
    await applyRegister(operator, byOperator);
    const told = async (type: "register.approved" | "register.applied" | "account.pre_registered") =>
      (await world.events(type)).map(({ actorKind, actorId, data }) => ({ actorKind, actorId, data }));
    expect(await told("register.approved")).toEqual([
      { actorKind: "account", actorId: account.id, data: { importId: byOfficer } },
      { actorKind: "operator", actorId: null, data: { importId: byOperator } },
    ]);
    for (const type of ["register.applied", "account.pre_registered"] as const)
      expect((await told(type)).map(({ actorKind }) => actorKind)).toEqual(["system", "system"]);
  });

  test("one file is applied at a time, and one that was thrown away never", async () => {
    const world = await newWorld();
    const operator = asOperator(world.ctx);
    const [first, second] = [
      await uploaded(operator, staffFile(staffLine(1))),
      await uploaded(operator, staffFile(staffLine(2))),
    ];
    expect(await startApplying(operator, first, now)).toMatchObject({ ok: true });
    expect(await startApplying(operator, second, now)).toEqual({ ok: false, error: "another_applying" });
    expect(await discardImport(operator, first)).toEqual({ ok: false, error: "moved_meanwhile" });
    expect(await discardImport(operator, second)).toMatchObject({ ok: true });
    expect(await startApplying(operator, second, now)).toEqual({ ok: false, error: "moved_meanwhile" });
    expect(await startApplying(operator, "x", now)).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("register.discarded")).toHaveLength(1);
  });
});

test("applying takes a fresh proof, and more people missing than is likely are said yes to", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("administrator");
  await applied(world.ctx, staffFile(...Array.from({ length: 60 }, (_, n) => staffLine(n))), { isWhole: true });
  const importId = await uploaded(ctx, staffFile(...Array.from({ length: 39 }, (_, n) => staffLine(n))), {
    isWhole: true,
  });
  world.moveClock(minutes(11));
  expect(await startApplying(ctx, importId, now)).toEqual({ ok: false, error: "step_up" });
  world.moveClock(-minutes(11) as ReturnType<typeof minutes>);
  expect(await startApplying(ctx, importId, now)).toEqual({ ok: false, error: "many_missing" });
  expect(await startApplying(ctx, importId, { ...now, evenMany: true })).toMatchObject({ ok: true });
});

describe("a work that was killed", () => {
  test("goes on where it was, reading and applying alike", async () => {
    const world = await newWorld();
    const operator = asOperator(world.ctx);
    const lines = Array.from({ length: 25 }, (_, n) => staffLine(n));
    const kept = await uploadRegister(
      operator,
      { fileName: "a.csv", isWhole: true },
      (async function* () {
        yield Buffer.from(staffFile(...lines));
      })(),
    );
    const importId = kept.ok ? kept.value : "";
    const dying = (after: number) => {
      let [left, died] = [after, false];
      const db = new Proxy(world.db, {
        get: (target, key) =>
          key === "transaction"
            ? (...work: Parameters<typeof target.transaction>) => {
                if (left-- > 0) return target.transaction(...work);
                died = true;
                throw new Error("killed");
              }
            : Reflect.get(target, key, target),
      });
      return { ctx: { ...world.asSystem(), db }, hasDied: () => died };
    };
    for (let life = 0; (await importOf(world)).state === "reading"; life += 1) {
      const { ctx } = dying(1);
      await readRegister(ctx, importId, 10).catch(() => undefined);
      expect(life).toBeLessThan(6);
    }
    expect(await importOf(world)).toMatchObject({ state: "ready", rowsRead: 25, counts: { new: 25, bad: 0 } });
    await startApplying(operator, importId, now);
    for (let life = 0; (await importOf(world)).state === "applying"; life += 1) {
      const { ctx } = dying(2);
      await applyRegister(ctx, importId, 10).catch(() => undefined);
      expect(life).toBeLessThan(8);
    }
    expect(await world.events("account.pre_registered")).toHaveLength(25);
    expect((await importOf(world)).counts).toMatchObject({ new: 25, missing: 0 });
  });
});

test("people who came onto the register after a file was read are missing from it: asked for again, with how many", async () => {
  const world = await newWorld();
  const people = (count: number) => staffFile(...Array.from({ length: count }, (_, n) => staffLine(10 + n)));
  await applied(world.ctx, people(2), { isWhole: true });
  const operator = asOperator(world.ctx);
  const stale = await uploaded(operator, people(2), { isWhole: true });
  await applied(world.ctx, people(30), { isWhole: true });
  for (const evenMany of [false, true]) {
    const [before] = await world.db.select().from(staffImport).where(sql`id = ${stale}`);
    expect(before?.counts).toMatchObject({ missing: evenMany ? 28 : 0 });
    const started = await startApplying(operator, stale, { ...now, evenMany });
    expect(started).toEqual(evenMany ? { ok: true, value: null } : { ok: false, error: "many_missing" });
  }
});
