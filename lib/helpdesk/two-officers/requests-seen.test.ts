import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { newCounterpart, newSpokenCode } from "#lib/kernel/caller-codes.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import type { WorldAccount } from "#lib/testing/add-account.ts";
import { linkIn } from "#lib/testing/lost-factor.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { askForReset, reason, seePerson, withTwoOfficers } from "#lib/testing/two-officers.ts";
import { answerCall, mailCounterpart } from "../caller-check/answer-call.ts";
import { confirmCounterpart } from "../caller-check/confirm-counterpart.ts";
import { startCodes } from "../caller-check/start-check.ts";
import { requestReset } from "../factor-reset/request-reset.ts";
import { stopReset } from "../factor-reset/stop-reset.ts";
import { grantRole } from "../roles/grant-role.ts";
import { decideRequest } from "./decide-request.ts";
import { listRequests } from "./list-requests.ts";
import { viewRequest } from "./view-request.ts";

const officerIn = async (ctx: SignedIn) => {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("Nobody's session");
  return officer;
};
const listed = async (ctx: SignedIn) =>
  (await listRequests(ctx, await officerIn(ctx))).map(({ id, own }) => ({ id, own }));
const seen = async (ctx: SignedIn, id: string) => viewRequest(ctx, await officerIn(ctx), id);

test("the worklist has what waits in the officer's offices, and of each kind what they may decide on", async () => {
  const { world, owner, first, second } = await withTwoOfficers();
  const id = await askForReset(first.ctx, owner.id);
  expect(await listed(first.ctx)).toEqual([{ id, own: true }]);
  expect(await listed(second.ctx)).toEqual([{ id, own: false }]);
  const elsewhere = await world.officer("ap", { officeId: (await world.anotherOffice()).id });
  expect(await listed(elsewhere.ctx)).toEqual([]);
  expect(await listed((await world.officer("auditor")).ctx)).toEqual([]);
  await world.db.update(officerRequest).set({ kind: "reopen" }).where(eq(officerRequest.id, id));
  expect(await listed(second.ctx), "the helpdesk reopens nothing").toEqual([]);
  expect(await listed((await world.officer("ap")).ctx)).toEqual([{ id, own: false }]);
});

test("what was decided or ran out leaves the worklist; what its owner stopped stays for a week", async () => {
  const { world, owner, first, second } = await withTwoOfficers();
  const one = await askForReset(first.ctx, owner.id);
  await decideRequest(second.ctx, one, { approve: true, reason });
  expect(await listed(second.ctx)).toEqual([]);
  await stopReset(world.ctx, linkIn(await drainMail(world.asSystem()), "undo"));
  expect(await listRequests(second.ctx, await officerIn(second.ctx))).toMatchObject([
    { id: one, stoppedAt: world.now() },
  ]);
  world.moveClock(days(7));
  const later = await world.as(second.account, ["password", "totp"]);
  expect(await listed(later)).toEqual([]);
  const two = await askForReset(await world.as(first.account, ["password", "totp"]), owner.id);
  expect(await listed(later)).toEqual([{ id: two, own: false }]);
  world.moveClock(hours(4));
  expect(await listed(later)).toEqual([]);
});

test("a request is shown to whoever sees its account, with what each of them can do", async () => {
  const { world, owner, first, second } = await withTwoOfficers();
  const id = await askForReset(first.ctx, owner.id);
  expect(await seen(first.ctx, id)).toMatchObject({
    state: "open",
    reason,
    askedBy: { name: first.account.fullName, office: "Ibu Pejabat" },
    may: { decide: false, withdraw: true, showTicket: false },
  });
  expect(await seen(second.ctx, id)).toMatchObject({ may: { decide: true, withdraw: false } });
  const auditor = await world.officer("auditor");
  expect(await seen(auditor.ctx, id)).toMatchObject({ may: { decide: false, withdraw: false } });
  await decideRequest(second.ctx, id, { approve: true, reason });
  for (const { ctx } of [first, second])
    expect(await seen(ctx, id)).toMatchObject({
      state: "approved",
      ticket: { state: "open" },
      may: { decide: false, withdraw: false, showTicket: true },
    });
  expect(await seen(auditor.ctx, id)).toMatchObject({ may: { showTicket: false } });
});

describe("of a reset the second officer sees how the first made sure of the caller:", () => {
  const typedAt = async (world: World, by: SignedIn, owner: WorldAccount, mailed: boolean) => {
    const begun = await startCodes(by, owner.id);
    if (!begun.ok) throw new Error(`The check did not start: ${begun.error}`);
    const spoken = newSpokenCode(world.ctx.keys, begun.value.checkId);
    if (mailed) await mailCounterpart(world.ctx, spoken);
    else await answerCall(await world.as(owner), spoken);
    await confirmCounterpart(by, owner.id, newCounterpart(world.ctx.keys, begun.value.checkId));
  };

  test.each(["session", "mailbox"] as const)("by codes, through their %s", async (answeredBy) => {
    const { world, owner, first, second } = await withTwoOfficers();
    await typedAt(world, first.ctx, owner, answeredBy === "mailbox");
    const at = world.now();
    world.moveClock(minutes(1));
    const asked = await requestReset(first.ctx, owner.id, reason);
    expect(await seen(second.ctx, asked.ok ? asked.value.requestId : "")).toMatchObject({
      callerChecked: { kind: "codes", answeredBy, at },
    });
  });

  test("the latest check of whoever asked, neither a later one nor another officer's", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    await seePerson(first.ctx, owner.id);
    world.moveClock(minutes(2));
    await seePerson(first.ctx, owner.id);
    const at = world.now();
    world.moveClock(minutes(2));
    await typedAt(world, second.ctx, owner, false);
    const asked = await requestReset(first.ctx, owner.id, reason);
    world.moveClock(minutes(2));
    await seePerson(first.ctx, owner.id);
    expect(await seen(second.ctx, asked.ok ? asked.value.requestId : "")).toMatchObject({
      callerChecked: { kind: "presence", answeredBy: null, at },
    });
  });

  test("of what asks for no check none is named", async () => {
    const { world, owner, first } = await withTwoOfficers();
    const id = await askForReset(first.ctx, owner.id);
    await world.db.update(officerRequest).set({ kind: "reopen" }).where(eq(officerRequest.id, id));
    expect(await seen(first.ctx, id)).toMatchObject({ callerChecked: null });
  });
});

test("of another office there is no such request, which is recorded; no more than of a made-up id", async () => {
  const { world, owner, first } = await withTwoOfficers();
  const id = await askForReset(first.ctx, owner.id);
  const elsewhere = await world.officer("sa", { officeId: (await world.anotherOffice()).id });
  for (const one of [id, "018f0000-0000-7000-8000-000000000000", "1 or 1=1"])
    expect(await seen(elsewhere.ctx, one)).toBeNull();
  expect((await world.events("access.refused")).map(({ accountId }) => accountId)).toEqual([owner.id, null, null]);
});

test("of a role it is said as long as whose it is to be has no second factor, and of nothing else", async () => {
  const world = await newWorld();
  const person = await world.account({ staffConfirmed: true });
  const administrator = await world.officer("administrator");
  const wanted = { role: "sa", offices: [world.office.id], from: world.now(), until: null, reason } as const;
  expect((await grantRole(administrator.ctx, person.id, wanted)).ok).toBe(true);
  const [request] = await world.db.select().from(officerRequest);
  const second = await world.officer("administrator");
  const lacks = async () => (await seen(second.ctx, request?.id ?? ""))?.lacksSecondFactor;
  expect(await lacks()).toBe(true);
  await world.db.update(officerRequest).set({ kind: "reopen", grantId: null });
  expect(await lacks()).toBe(false);
  await world.db.update(officerRequest).set({ kind: "role", grantId: request?.grantId ?? null });
  await addTotp(world.ctx, person.id);
  expect(await lacks()).toBe(false);
});
