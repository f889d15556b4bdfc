import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { office as offices } from "#db/schema/office.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { session } from "#db/schema/session.ts";
import { openCase, withdrawCase } from "#lib/account/open-case.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { days, minutes, seconds } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { findProfile } from "./find-profile.ts";
import { listCorrections } from "./list-corrections.ts";
import { mayFollow, requestIdentity, requestName, requestOffice } from "./request-correction.ts";

const PASSPORT = { type: "passport", country: "SG", number: "K0000000A" } as const satisfies IdentityNumber;
const RENEWED = { ...PASSPORT, number: "K0000001B" } as const satisfies IdentityNumber;
const MYKAD = fixtureIdentity(200_000);

async function signedIn(identity?: IdentityNumber) {
  const world = await newWorld();
  const owner = await world.account(identity ? { identity } : {});
  const elsewhere = { id: uuidv7(world.now(), world.ctx.random), code: "0102", name: "Cawangan Utara" };
  await world.db.insert(offices).values(elsewhere);
  return { world, owner, elsewhere, ctx: await world.as(owner) };
}

const waiting = async (ctx: Context, owner: { id: string }) => (await findProfile(ctx, owner.id)).waiting;

test("a name is asked for, waits under a reference, and changes nothing", async () => {
  const { world, owner, ctx } = await signedIn();
  const asked = await requestName(ctx, { fullName: "Aisyah binti Rekaan", reason: "Salah eja" });
  expect(asked).toMatchObject({ ok: true, value: { reference: expect.stringMatching(/^K-\w{4}-\w{4}$/) } });
  expect(await waiting(ctx, owner)).toMatchObject([{ kind: "name", state: "open", name: "Aisyah binti Rekaan" }]);
  expect((await findProfile(ctx, owner.id)).fullName).toBe(owner.fullName);
  const [kept] = await world.db.select().from(helpdeskCase);
  expect(JSON.stringify([kept, await world.events(), await world.mails()])).not.toMatch(/Rekaan|Salah eja/);
  expect(await world.events("case.opened")).toMatchObject([{ accountId: owner.id, data: { kind: "name" } }]);
  expect(await world.mails()).toMatchObject([{ about: { change: "correction_requested" } }]);
});

test("the name one has already is no correction", async () => {
  const { world, owner, ctx } = await signedIn();
  expect(await requestName(ctx, { fullName: owner.fullName })).toEqual({ ok: false, error: "name_same" });
  expect(await world.db.select().from(helpdeskCase)).toEqual([]);
});

test("a transfer names another office that there is", async () => {
  const { world, owner, elsewhere, ctx } = await signedIn();
  expect(await requestOffice(ctx, { officeId: world.office.id })).toEqual({ ok: false, error: "office_same" });
  for (const officeId of ["", "tiada", uuidv7(world.now(), world.ctx.random)])
    expect(await requestOffice(ctx, { officeId })).toEqual({ ok: false, error: "office_unknown" });
  expect((await requestOffice(ctx, { officeId: elsewhere.id })).ok).toBe(true);
  expect(await waiting(ctx, owner)).toMatchObject([{ kind: "office", office: elsewhere }]);
  expect((await world.reload(owner)).officeId).toBe(world.office.id);
});

describe("another identity number", () => {
  test("is asked for on a fresh proof, sealed, and changes nothing", async () => {
    const { world, owner, ctx } = await signedIn(PASSPORT);
    expect((await requestIdentity(ctx, { identity: RENEWED, why: "renewed_passport" })).ok).toBe(true);
    expect(await waiting(ctx, owner)).toMatchObject([{ identity: RENEWED, why: "renewed_passport" }]);
    expect(JSON.stringify(await world.db.select().from(helpdeskCase))).not.toContain(RENEWED.number);
    expect((await findProfile(ctx, owner.id)).identity).toEqual(PASSPORT);
  });

  test("is not asked for on a proof older than ten minutes", async () => {
    const { world, owner, ctx } = await signedIn();
    world.moveClock(minutes(10));
    world.moveClock(seconds(1));
    const asked = await requestIdentity(ctx, { identity: MYKAD, why: "wrong_number" });
    expect(asked).toEqual({ ok: false, error: "step_up" });
    expect(await waiting(ctx, owner)).toEqual([]);
  });

  test("that somebody else has is asked for as any other: nobody learns whose it is", async () => {
    const { world, ctx } = await signedIn();
    const other = await world.account();
    expect((await requestIdentity(ctx, { identity: other.identity, why: "wrong_number" })).ok).toBe(true);
  });

  test("fits the reason that is given for it", () => {
    const refused = { ok: false, error: "reason_unfit" };
    expect(mayFollow(PASSPORT, RENEWED, "renewed_passport").ok).toBe(true);
    expect(mayFollow(PASSPORT, RENEWED, "wrong_number").ok).toBe(true);
    expect(mayFollow(PASSPORT, MYKAD, "got_mykad").ok).toBe(true);
    expect(mayFollow(MYKAD, fixtureIdentity(200_001), "wrong_number").ok).toBe(true);
    expect(mayFollow(PASSPORT, RENEWED, "got_mykad")).toEqual(refused);
    expect(mayFollow(PASSPORT, MYKAD, "renewed_passport")).toEqual(refused);
    expect(mayFollow(MYKAD, PASSPORT, "renewed_passport"), "no passport takes the place of a MyKad").toEqual(refused);
    expect(mayFollow(MYKAD, MYKAD, "wrong_number")).toEqual({ ok: false, error: "identity_same" });
  });
});

test("of one kind one is open, of many asked for at once too, and other kinds besides", async () => {
  const { owner, elsewhere, ctx } = await signedIn();
  const names = Array.from({ length: 20 }, (_, n) => `Contoh ${"ABCDEFGHIJKLMNOPQRST"[n]}`);
  // The connections are open then, so that all of them ask at the same moment.
  await Promise.all(names.map(() => waiting(ctx, owner)));
  const asked = await Promise.all(names.map((fullName) => requestName(ctx, { fullName })));
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  expect(asked.filter((each) => !each.ok && each.error === "waiting")).toHaveLength(19);
  expect((await requestOffice(ctx, { officeId: elsewhere.id })).ok).toBe(true);
  expect((await requestIdentity(ctx, { identity: MYKAD, why: "wrong_number" })).ok).toBe(true);
  expect((await waiting(ctx, owner)).map(({ kind }) => kind).toSorted()).toEqual(["identity", "name", "office"]);
});

test("five a day may be asked for, however many are taken back, and more the day after", async () => {
  const { world, owner, ctx } = await signedIn();
  const askAndTakeBack = async (by: Context = ctx) => {
    const asked = await requestName(by, { fullName: "Contoh Rekaan" });
    for (const { id } of await waiting(by, owner)) await withdrawCase(by, id);
    return asked;
  };
  for (let n = 0; n < 5; n += 1) expect((await askAndTakeBack()).ok, `the ${n + 1}th`).toBe(true);
  expect(await askAndTakeBack()).toEqual({ ok: false, error: "too_many" });
  const other = await world.as(await world.account());
  expect((await requestName(other, { fullName: "Contoh Rekaan" })).ok, "of each account").toBe(true);
  world.moveClock(days(1));
  expect((await askAndTakeBack(await world.as(owner))).ok).toBe(true);
});

test("what is reported does not count as a correction, and is not shown among them", async () => {
  const { world, owner, ctx } = await signedIn();
  for (let n = 0; n < 5; n += 1)
    await world.db.transaction((tx) => openCase(tx, ctx, { accountId: owner.id, kind: "report", eventId: n }));
  expect((await requestName(ctx, { fullName: "Contoh Rekaan" })).ok).toBe(true);
  expect(await waiting(ctx, owner)).toHaveLength(1);
});

test("it is taken back by who asked, once, and by nobody else; then another may be asked for", async () => {
  const { world, owner, ctx } = await signedIn();
  await requestName(ctx, { fullName: "Contoh Rekaan" });
  const [{ id } = { id: "" }] = await waiting(ctx, owner);
  const other = await world.as(await world.account());
  expect(await withdrawCase(other, id)).toEqual({ ok: false, error: "not_open" });
  expect(await withdrawCase(world.ctx, id)).toEqual({ ok: false, error: "not_open" });
  const tries = await Promise.all(Array.from({ length: 10 }, () => withdrawCase(ctx, id)));
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await waiting(ctx, owner)).toEqual([]);
  expect(await world.events("case.withdrawn")).toMatchObject([{ accountId: owner.id, data: { caseId: id } }]);
  world.moveClock(minutes(1));
  expect((await requestName(ctx, { fullName: "Contoh Lain" })).ok).toBe(true);
  expect(await listCorrections(ctx, owner.id, "name"), "what was asked before is kept, newest first").toMatchObject([
    { state: "open", name: "Contoh Lain", endedAt: null },
    { state: "withdrawn", name: "Contoh Rekaan", endedAt: expect.any(Date) },
  ]);
  expect(await listCorrections(ctx, owner.id, "office")).toEqual([]);
});

test("nobody who is signed out asks for anything", async () => {
  const { world, elsewhere, ctx } = await signedIn();
  const asked = (by: Context) =>
    Promise.all([
      requestName(by, { fullName: "Contoh Rekaan" }),
      requestOffice(by, { officeId: elsewhere.id }),
      requestIdentity(by, { identity: MYKAD, why: "wrong_number" }),
    ]);
  const refused = Array(3).fill({ ok: false, error: "signed_out" });
  expect(await asked(world.ctx)).toEqual(refused);
  await world.db
    .update(session)
    .set({ endedAt: world.now(), endedWhy: "signed_out" })
    .where(eq(session.id, ctx.actor.sessionId));
  expect(await asked(ctx)).toEqual(refused);
  expect(await world.db.select().from(helpdeskCase)).toEqual([]);
});
