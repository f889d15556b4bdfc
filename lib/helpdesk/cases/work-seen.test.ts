import { beforeEach, describe, expect, test } from "vitest";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { requestIdentity, requestName, requestOffice } from "#lib/account/profile/request-correction.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addGrant, anyReason as reason } from "#lib/testing/officer.ts";
import { COUNTED_TO, countWork } from "./count-work.ts";
import { findCase } from "./find-case.ts";
import { listCases } from "./list-cases.ts";
import { listUnconfirmed } from "./list-unconfirmed.ts";
import { proposeCorrection } from "./propose-correction.ts";
import { refuseCorrection } from "./refuse-correction.ts";

const NEW_NUMBER = fixtureIdentity(120_000);

let world: World;
let owner: WorldAccount;
let other: { id: string; name: string };
beforeEach(async () => {
  world = await newWorld();
  owner = await world.account({ staffConfirmed: true });
  other = await world.anotherOffice();
});
async function officer(role: Parameters<World["officer"]>[0], officeId: string = world.office.id) {
  const { ctx } = await world.officer(role, { officeId, staffConfirmed: true });
  return { ctx, officer: await rightsOf(ctx) };
}
async function rightsOf(ctx: SignedIn): Promise<Officer> {
  const found = await officerOf(ctx.db, ctx);
  if (!found) throw new Error("No officer");
  return found;
}
async function askForOffice(): Promise<string> {
  const asked = await requestOffice(await world.as(owner), { officeId: other.id, reason: "Bertukar mulai Isnin." });
  if (!asked.ok) throw new Error(asked.error);
  return asked.value.reference;
}
async function askForName(): Promise<string> {
  const asked = await requestName(await world.as(owner), { fullName: "Aisyah Contoh @ Rekaan" });
  if (!asked.ok) throw new Error(asked.error);
  return asked.value.reference;
}

describe("the worklist", () => {
  test("shows a transfer to both offices, to be decided by the one it leads to", async () => {
    const reference = await askForOffice();
    const [leaving, receiving] = [await officer("sa"), await officer("sa", other.id)];
    expect(await listCases(leaving.ctx, leaving.officer)).toMatchObject([{ reference, decides: false }]);
    expect(await listCases(receiving.ctx, receiving.officer)).toMatchObject([
      { reference, decides: true, kind: "office", toOffice: expect.stringContaining(other.name) },
    ]);
  });

  test("shows nothing of an office that is not theirs, and counts nothing of it", async () => {
    await askForName();
    const elsewhere = await officer("ap", other.id);
    expect(await listCases(elsewhere.ctx, elsewhere.officer)).toEqual([]);
    await world.account({ status: "registered", selfRegistered: true });
    expect(await listUnconfirmed(elsewhere.ctx, elsewhere.officer)).toEqual([]);
    expect(await countWork(elsewhere.ctx, elsewhere.officer)).toEqual({
      cases: 0,
      unconfirmed: 0,
      undeliverable: 0,
      access: 0,
    });
  });

  test("has whom the office has still to confirm, the longest first, for those who may", async () => {
    const [first, second] = [await world.account({ status: "registered" }), await world.account()];
    const closed = await world.account({ status: "closed" });
    const sa = await officer("sa");
    const waiting = await listUnconfirmed(sa.ctx, sa.officer);
    const ids = waiting.map(({ accountId }) => accountId);
    expect(ids.toSorted()).toEqual([first.id, second.id].toSorted());
    expect(ids).not.toContain(closed.id);
    const helpdesk = await officer("helpdesk");
    expect(await listUnconfirmed(helpdesk.ctx, helpdesk.officer)).toEqual([]);
  });

  test("counts up to a hundred and no further", async () => {
    const sa = await officer("sa");
    await Promise.all(Array.from({ length: COUNTED_TO + 5 }, () => world.account({ status: "registered" })));
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox: owner.officialEmail, why: "mailbox_full", isFinal: false, since: world.now() });
    await askForName();
    expect(await countWork(sa.ctx, sa.officer)).toEqual({
      cases: 1,
      unconfirmed: COUNTED_TO,
      undeliverable: 1,
      access: 0,
    });
  });

  test("says what a second officer has before them", async () => {
    const reference = await askForName();
    const sa = await officer("sa");
    await proposeCorrection(sa.ctx, reference, reason);
    expect(await listCases(sa.ctx, sa.officer)).toMatchObject([{ reference, proposed: true }]);
    const seen = await findCase(sa.ctx, sa.officer, reference);
    expect(seen?.requestId).not.toBeNull();
    expect(seen?.may).toMatchObject({ decide: true, propose: false });
  });
});

describe("the page of a case", () => {
  test("shows what is asked for and why, the number masked", async () => {
    const asked = await requestIdentity(await world.as(owner), { identity: NEW_NUMBER, why: "wrong_number" });
    if (!asked.ok) throw new Error(asked.error);
    const sa = await officer("sa");
    const seen = await findCase(sa.ctx, sa.officer, asked.value.reference);
    expect(seen?.wish).toMatchObject({ kind: "identity", why: "wrong_number" });
    expect(seen?.person.identity).toBe(`${owner.identity.number.slice(0, 6)}-••-••••`);
    expect(seen?.may).toEqual({ decide: true, propose: true, answer: false });
  });

  test("lets the helpdesk look and not decide, and nobody decide on somebody of their rank", async () => {
    const reference = await askForName();
    const helpdesk = await officer("helpdesk");
    const looked = await findCase(helpdesk.ctx, helpdesk.officer, reference);
    expect(looked?.may).toEqual({ decide: false, propose: false, answer: false });
    expect(looked?.outranked).toBe(false);
    await addGrant(world.ctx, owner.id, { role: "sa", officeId: world.office.id });
    const sa = await officer("sa");
    expect(await findCase(sa.ctx, sa.officer, reference)).toMatchObject({ outranked: true, may: { decide: false } });
  });

  test("of another office, or with a reference that is nobody's, does not exist and is recorded", async () => {
    const reference = await askForName();
    const elsewhere = await officer("ap", other.id);
    expect(await findCase(elsewhere.ctx, elsewhere.officer, reference)).toBeNull();
    expect(await findCase(elsewhere.ctx, elsewhere.officer, "K-0000-0000")).toBeNull();
    expect(await findCase(elsewhere.ctx, elsewhere.officer, "../work")).toBeNull();
    expect(await world.events("access.refused")).toMatchObject([
      { accountId: owner.id },
      { accountId: null },
      { accountId: null },
    ]);
  });

  test("says afterwards who decided and what was answered", async () => {
    const reference = await askForName();
    const sa = await officer("sa");
    await refuseCorrection(sa.ctx, reference, reason);
    expect(await findCase(sa.ctx, sa.officer, reference)).toMatchObject({
      state: "refused",
      answer: reason,
      decidedBy: expect.any(String),
      may: { decide: false, propose: false, answer: false },
    });
  });
});
