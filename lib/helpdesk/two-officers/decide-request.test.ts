import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { officerAction, officerRequest } from "#db/schema/helpdesk.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { askForReset, reason, seePerson, withTwoOfficers } from "#lib/testing/two-officers.ts";
import { requestReset } from "../factor-reset/request-reset.ts";
import { unsealReason } from "../reason.ts";
import { decideRequest, withdrawRequest } from "./decide-request.ts";
import { expireRequests } from "./expire-requests.ts";
import { nextState, requestMoves, stateAt } from "./request-state.ts";

const yes = { approve: true, reason };
const no = { approve: false, reason };

const onlyRequest = async (world: World) => {
  const [request, ...others] = await world.db.select().from(officerRequest);
  if (!request || others.length > 0) throw new Error("There is not one request");
  return request;
};
const tickets = (world: World) => world.db.select().from(enrolmentTicket);
const reasonsOf = async (world: World) =>
  (await world.events("officer_request.refused")).map(({ data }) => (data as { reason: string }).reason);

describe("two officers", () => {
  test("one asks and another agrees: it is done, with both and their reasons written down", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    expect(await tickets(world)).toEqual([]);
    const decided = await decideRequest(second.ctx, requestId, yes);
    const [ticket] = await tickets(world);
    expect(decided).toEqual({ ok: true, value: { state: "approved", ticketId: ticket?.id } });
    expect(ticket).toMatchObject({ accountId: owner.id, why: "officers" });
    const request = await onlyRequest(world);
    expect(request).toMatchObject({
      state: "approved",
      requestedBy: first.account.id,
      decidedBy: second.account.id,
      ticketId: ticket?.id,
    });
    expect(unsealReason(world.ctx, request.decisionReasonSealed ?? "", request.id)).toBe(reason);
    expect(await world.events("officer_request.approved")).toMatchObject([
      { accountId: owner.id, actorId: second.account.id, data: { requestId, kind: "factor_reset" } },
    ]);
    expect((await world.db.select().from(officerAction)).map(({ action }) => action).toSorted()).toEqual([
      "check_caller",
      "decide_reset",
      "request_reset",
    ]);
  });

  test("of fifty who decide at once one does, and one ticket comes of it", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const third = await world.officer("sa");
    const requestId = await askForReset(first.ctx, owner.id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => decideRequest(n % 2 ? second.ctx : third.ctx, requestId, n % 3 ? yes : no)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error])))).toEqual(new Set(["not_open"]));
    const { state } = await onlyRequest(world);
    expect(await tickets(world)).toHaveLength(state === "approved" ? 1 : 0);
    expect([
      ...(await world.events("officer_request.approved")),
      ...(await world.events("officer_request.declined")),
    ]).toHaveLength(1);
  });

  test("whoever asked does not decide, whatever else they are by then", async () => {
    const { world, owner, first } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    await addGrant(world.ctx, first.account.id, { role: "administrator", officeId: world.office.id });
    for (const wanted of [yes, no])
      expect(await decideRequest(first.ctx, requestId, wanted)).toEqual({ ok: false, error: "own_request" });
    expect(await reasonsOf(world)).toEqual(["same_person", "same_person"]);
    expect((await onlyRequest(world)).state).toBe("open");
  });

  test("the owner decides nothing on their own account", async () => {
    const world = await newWorld();
    const [first, owner] = [await world.officer("sa"), await world.officer("helpdesk")];
    const requestId = await askForReset(first.ctx, owner.account.id);
    expect(await decideRequest(owner.ctx, requestId, yes)).toEqual({ ok: false, error: "outranked" });
    expect(await tickets(world)).toEqual([]);
  });

  test("one who was demoted since does not decide, and it does not exist for them", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, second.grantId));
    expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("access.refused")).toMatchObject([
      { accountId: owner.id, data: { right: "reset.decide" } },
    ]);
  });

  test.each(["ended", "suspended"] as const)(
    "what an officer asked for whose role or account has %s since is not agreed to, but may be declined",
    async (how) => {
      const { world, owner, first, second } = await withTwoOfficers();
      const requestId = await askForReset(first.ctx, owner.id);
      if (how === "ended") await world.db.update(roleGrant).set({ state: how }).where(eq(roleGrant.id, first.grantId));
      else await world.db.update(accounts).set({ status: how }).where(eq(accounts.id, first.account.id));
      expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "asker_may_not" });
      expect(await tickets(world)).toEqual([]);
      expect(await decideRequest(second.ctx, requestId, no)).toMatchObject({ ok: true });
    },
  );

  test("an owner who was promoted since is out of reach of both", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const ap = await world.officer("ap");
    const requestId = await askForReset(first.ctx, owner.id);
    await addGrant(world.ctx, owner.id, { role: "sa", officeId: world.office.id });
    expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "outranked" });
    expect(await decideRequest(ap.ctx, requestId, yes), "nor may whoever asked, by now").toEqual({
      ok: false,
      error: "asker_may_not",
    });
    expect(await tickets(world)).toEqual([]);
  });

  test("an officer of another office finds nothing to decide on, which is recorded, nor does a made-up id", async () => {
    const { world, owner, first } = await withTwoOfficers();
    const elsewhere = await world.officer("ap", { officeId: (await world.anotherOffice()).id });
    const requestId = await askForReset(first.ctx, owner.id);
    for (const id of [requestId, "018f0000-0000-7000-8000-000000000000", "../../etc"])
      expect(await decideRequest(elsewhere.ctx, id, yes)).toEqual({ ok: false, error: "not_found" });
    expect((await world.events("access.refused")).map(({ accountId }) => accountId)).toEqual([owner.id, null, null]);
  });

  test("deciding needs a proof of the last ten minutes", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    world.moveClock(minutes(11));
    expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "step_up" });
    expect(await decideRequest(await world.as(second.account, ["password"]), requestId, yes)).toEqual({
      ok: false,
      error: "step_up",
    });
    expect((await decideRequest(await world.as(second.account, ["password", "totp"]), requestId, yes)).ok).toBe(true);
  });

  test("after four hours to the second it is over, and another may be asked for", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    world.moveClock(hours(4));
    world.moveClock(seconds(-1));
    expect(await expireRequests(world.asSystem())).toBe(0);
    world.moveClock(seconds(1));
    const late = await world.as(second.account, ["password", "totp"]);
    expect(await decideRequest(late, requestId, yes)).toEqual({ ok: false, error: "expired" });
    expect((await onlyRequest(world)).state).toBe("expired");
    expect(await world.events("officer_request.expired")).toHaveLength(1);
    expect(await expireRequests(world.asSystem())).toBe(0);
    await askForReset(await world.as(first.account, ["password", "totp"]), owner.id);
  });

  test("one second before that it is decided", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    world.moveClock(hours(4));
    world.moveClock(seconds(-1));
    expect((await decideRequest(await world.as(second.account, ["password", "totp"]), requestId, yes)).ok).toBe(true);
  });

  test("one that ran out before anybody looked is written down by the clock, once", async () => {
    const { world, owner, first } = await withTwoOfficers();
    await askForReset(first.ctx, owner.id);
    world.moveClock(hours(4));
    expect(await expireRequests(world.asSystem())).toBe(1);
    expect(await expireRequests(world.asSystem())).toBe(0);
    expect(await world.events("officer_request.expired")).toHaveLength(1);
  });

  test("whoever asked may take it back; others may not, and nothing that was decided", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    expect(await withdrawRequest(second.ctx, requestId)).toEqual({ ok: false, error: "not_open" });
    expect(await withdrawRequest(first.ctx, requestId)).toEqual({ ok: true, value: null });
    expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "not_open" });
    expect(await withdrawRequest(first.ctx, requestId)).toEqual({ ok: false, error: "not_open" });
    expect((await onlyRequest(world)).state).toBe("withdrawn");
  });

  test("of one kind one waits on an account, of many who ask at once", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    await seePerson(first.ctx, owner.id);
    await seePerson(second.ctx, owner.id);
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, n) => requestReset(n % 2 ? first.ctx : second.ctx, owner.id, reason)),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
    expect(asked.flatMap((one) => (one.ok ? [] : [one.error]))).toEqual(Array(19).fill("already_open"));
    expect(await world.events("officer_request.opened")).toHaveLength(1);
  });
});

describe("administrators", () => {
  const third = async (world: World) => {
    const whose = await world.officer("administrator");
    return whose.account;
  };

  test("two of them reset a third", async () => {
    const world = await newWorld();
    const [one, two] = [await world.officer("administrator"), await world.officer("administrator")];
    const requestId = await askForReset(one.ctx, (await third(world)).id);
    expect(await decideRequest(two.ctx, requestId, yes)).toMatchObject({ ok: true });
  });

  test("one of them and an AP do not", async () => {
    const world = await newWorld();
    const [one, ap] = [await world.officer("administrator"), await world.officer("ap")];
    const target = await third(world);
    const requestId = await askForReset(one.ctx, target.id);
    expect(await decideRequest(ap.ctx, requestId, yes)).toEqual({ ok: false, error: "outranked" });
    expect(await requestReset(ap.ctx, target.id, reason)).toEqual({ ok: false, error: "outranked" });
  });

  test("nor does one of them what another asked for who is none any more", async () => {
    const world = await newWorld();
    const [one, two] = [await world.officer("administrator"), await world.officer("administrator")];
    const requestId = await askForReset(one.ctx, (await third(world)).id);
    await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, one.grantId));
    await addGrant(world.ctx, one.account.id, { role: "ap", officeId: world.office.id });
    expect(await decideRequest(two.ctx, requestId, yes)).toEqual({ ok: false, error: "asker_may_not" });
  });

  test("two who decide on each other at once do not hold each other up", async () => {
    const world = await newWorld();
    const [one, two, asker] = [
      await world.officer("administrator"),
      await world.officer("administrator"),
      await world.officer("administrator"),
    ];
    await addTotp(world.ctx, (await world.account()).id);
    const [onOne, onTwo] = [await askForReset(asker.ctx, one.account.id), await askForReset(asker.ctx, two.account.id)];
    const decided = await Promise.all([decideRequest(two.ctx, onOne, yes), decideRequest(one.ctx, onTwo, yes)]);
    expect(decided.map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe("the table of moves", () => {
  test("nothing leads away from what is over", () => {
    for (const over of ["refused", "expired", "withdrawn"] as const) expect(requestMoves[over]).toEqual({});
    for (const event of ["approve", "decline", "expire", "withdraw"] as const)
      expect(nextState("approved", event)).toEqual({ ok: false, error: "not_open" });
  });

  test("an open one is over at its end, whatever is written down", () => {
    const now = new Date(1_000);
    expect(stateAt({ state: "open", expiresAt: new Date(1_001) }, now)).toBe("open");
    expect(stateAt({ state: "open", expiresAt: now }, now)).toBe("expired");
    expect(stateAt({ state: "approved", expiresAt: now }, now)).toBe("approved");
  });
});
