import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import type { HardwareTokenState } from "#db/schema/hardware-token.ts";
import { hardwareToken, hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import { officerAction } from "#db/schema/helpdesk.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { addToken } from "#lib/testing/hardware-token.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { anyReason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { handleToken, takeBack } from "./custody/handle-token.ts";
import { reportLostToken } from "./custody/report-lost-token.ts";
import { retireTokensOf } from "./custody/retire-tokens.ts";
import { moveStanding } from "./move-standing.ts";
import { findToken } from "./register/find-token.ts";
import { listOwnTokens } from "./register/list-own-tokens.ts";
import { countUnreturned } from "./register/unreturned.ts";

const stateOf = async (world: World, id: string): Promise<HardwareTokenState | undefined> =>
  (await world.db.select().from(hardwareToken).where(eq(hardwareToken.id, id)))[0]?.state;
const custodyOf = (world: World, id: string) =>
  world.db.select().from(hardwareTokenEvent).where(eq(hardwareTokenEvent.tokenId, id)).orderBy(hardwareTokenEvent.id);
async function atWork(ctx: Context): Promise<Officer> {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("This is no officer");
  return officer;
}

describe("somebody who lost their token", () => {
  test("puts it out of use at once, and they and the SAs of their office are told", async () => {
    const world = await newWorld();
    const sa = await world.officer("sa");
    const elsewhere = await world.anotherOffice();
    await world.officer("sa", { officeId: elsewhere.id });
    await world.officer("ap");
    const ada = await world.account();
    const token = await addToken(world.ctx, { holderId: ada.id, serial: "GPKI-0001" });
    const ctx = await world.as(ada);
    expect(await reportLostToken(ctx, token.id, "Tercicir di stesen")).toEqual({
      ok: true,
      value: { serial: "GPKI-0001" },
    });
    expect(await stateOf(world, token.id)).toBe("lost");
    expect(new Set((await world.mails()).map(({ kind, to }) => `${kind} ${to}`))).toEqual(
      new Set([`security_change ${ada.officialEmail}`, `token_report ${sa.account.officialEmail}`]),
    );
    const [, line] = await custodyOf(world, token.id);
    expect(line).toMatchObject({ move: "report_lost", state: "lost", byId: ada.id, holderId: ada.id });
    expect(line?.noteSealed).not.toContain("stesen");
    const seen = await findToken(sa.ctx, await atWork(sa.ctx), token.id);
    expect(seen?.custody[1]).toMatchObject({ note: "Tercicir di stesen", by: ada.fullName });
    expect(await world.events("hardware_token.lost")).toMatchObject([
      { accountId: ada.id, data: { tokenId: token.id, serial: "GPKI-0001", actionId: null } },
    ]);
  });

  test("is led to the move that is before them, as it stands at that moment", async () => {
    const world = await newWorld();
    const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
    const [role] = roles;
    if (!role) throw new Error("There is no role");
    await addCampaign(world.ctx, { roleIds: [role.id] });
    const ada = await world.account();
    await addRelyingPartyRole(world.ctx, ada, role);
    const token = await addToken(world.ctx, { holderId: ada.id });
    const ctx = await world.as(ada);
    expect(await moveStanding(ctx)).toBe("none");
    expect(await reportLostToken(ctx, token.id)).toMatchObject({ ok: true });
    expect(await moveStanding(ctx)).toBe("awaits");
  });

  test("is told of once, however often it is pressed at once", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const token = await addToken(world.ctx, { holderId: ada.id });
    const ctx = await world.as(ada);
    const answers = await Promise.all(Array.from({ length: 8 }, () => reportLostToken(ctx, token.id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await custodyOf(world, token.id)).toHaveLength(2);
  });

  test("cannot report somebody else's, one that came back, or any without a session", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const token = await addToken(world.ctx, { holderId: ada.id });
    const back = await addToken(world.ctx, { holderId: ada.id, state: "returned" });
    const stranger = await world.as(await world.account());
    expect(await reportLostToken(stranger, token.id)).toEqual({ ok: false, error: "not_found" });
    expect(await reportLostToken(await world.as(ada), back.id)).toEqual({ ok: false, error: "not_movable" });
    expect(await reportLostToken(await world.as(ada), "../x")).toEqual({ ok: false, error: "not_found" });
    expect(await reportLostToken(world.ctx, token.id)).toEqual({ ok: false, error: "signed_out" });
    expect(await stateOf(world, token.id)).toBe("issued");
  });

  test.each([
    ["an AP where the office has no SA", ["ap", "administrator"], [0]],
    ["an administrator where it has neither", ["administrator", "helpdesk"], [0]],
  ] as const)("reaches %s", async (_, roles, told) => {
    const world = await newWorld();
    const officers = await Promise.all(roles.map((role) => world.officer(role)));
    const ada = await world.account();
    const token = await addToken(world.ctx, { holderId: ada.id });
    await reportLostToken(await world.as(ada), token.id);
    const reached = (await world.mails()).filter(({ kind }) => kind === "token_report").map(({ to }) => to);
    expect(reached).toEqual(told.map((n) => officers[n]?.account.officialEmail));
  });

  test("who is the SA of their own office is not told of themselves as such", async () => {
    const world = await newWorld();
    const sa = await world.officer("sa");
    const token = await addToken(world.ctx, { holderId: sa.account.id });
    await reportLostToken(sa.ctx, token.id);
    expect((await world.mails()).map(({ kind }) => kind)).toEqual(["security_change"]);
  });
});

describe("an officer with somebody's token", () => {
  test("takes it back against a receipt of its own, once of many at the same moment", async () => {
    const world = await newWorld();
    const sa = await world.officer("sa");
    const ada = await world.account();
    const token = await addToken(world.ctx, { holderId: ada.id, state: "retired" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => takeBack(sa.ctx, { tokenId: token.id, seen: "retired", note: "Baik" })),
    );
    const [taken, ...more] = answers.flatMap((each) => (each.ok ? [each.value.receipt] : []));
    expect(taken).toMatch(/^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(more).toEqual([]);
    expect(answers.filter((each) => !each.ok && each.error === "moved_meanwhile")).toHaveLength(7);
    expect(await listOwnTokens(await world.as(ada))).toMatchObject([{ state: "returned", receipt: taken }]);
  });

  test.each([
    ["report_lost", "lost", "hardware_token.lost"],
    ["report_misuse", "misused", "hardware_token.misused"],
    ["revoke", "revoked", "hardware_token.revoked"],
  ] as const)("may %s with a reason, which is kept", async (move, state, type) => {
    const world = await newWorld();
    const ap = await world.officer("ap");
    const ada = await world.account();
    const token = await addToken(world.ctx, { holderId: ada.id });
    expect(await handleToken(ap.ctx, { tokenId: token.id, seen: "issued", move, reason: anyReason })).toEqual({
      ok: true,
      value: null,
    });
    expect(await stateOf(world, token.id)).toBe(state);
    const letters = (await world.mails()).map(({ to }) => to);
    expect(letters, "the officer knows it already").not.toContain(ap.account.officialEmail);
    const [action] = await world.db.select().from(officerAction);
    expect(await world.events(type)).toMatchObject([{ accountId: ada.id, data: { actionId: action?.id } }]);
    expect((await findToken(ap.ctx, await atWork(ap.ctx), token.id))?.custody[1]).toMatchObject({ note: anyReason });
  });

  test("is refused what somebody else did to it meanwhile, and what cannot happen to it", async () => {
    const world = await newWorld();
    const sa = await world.officer("sa");
    const token = await addToken(world.ctx, { holderId: (await world.account()).id, state: "lost" });
    const with_ = { tokenId: token.id, reason: anyReason };
    expect(await handleToken(sa.ctx, { ...with_, move: "revoke", seen: "issued" })).toMatchObject({
      error: "moved_meanwhile",
    });
    expect(await handleToken(sa.ctx, { ...with_, move: "revoke", seen: "lost" })).toMatchObject({
      error: "not_movable",
    });
    expect(await custodyOf(world, token.id)).toHaveLength(1);
    expect(await world.db.select().from(officerAction)).toEqual([]);
  });

  test("of another office finds none, one of the helpdesk moves none, and nobody moves their own", async () => {
    const world = await newWorld();
    const elsewhere = await world.anotherOffice();
    const far = await world.officer("sa", { officeId: elsewhere.id });
    const helper = await world.officer("helpdesk");
    const own = await world.officer("sa");
    const token = await addToken(world.ctx, { holderId: (await world.account()).id });
    const theirs = await addToken(world.ctx, { holderId: own.account.id });
    const moving = { tokenId: token.id, seen: "issued" } as const;
    expect(await takeBack(far.ctx, moving)).toEqual({ ok: false, error: "not_found" });
    expect(await takeBack(helper.ctx, moving)).toEqual({ ok: false, error: "not_found" });
    expect(await takeBack(own.ctx, { ...moving, tokenId: theirs.id })).toEqual({ ok: false, error: "outranked" });
    expect(await findToken(far.ctx, await atWork(far.ctx), token.id)).toBeNull();
    expect(await findToken(helper.ctx, await atWork(helper.ctx), token.id)).toMatchObject({ mayHandle: false });
    expect((await world.events("access.refused")).map(({ data }) => data)).toEqual([
      ...Array.from({ length: 3 }, () => ({ right: "token.handle" })),
      { right: "token.view" },
    ]);
    expect(await stateOf(world, token.id)).toBe("issued");
  });
});

describe("when somebody has moved", () => {
  test("what they still use retires, what is lost or back stays so, and nobody else's is touched", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const used = await addToken(world.ctx, { holderId: ada.id });
    const lost = await addToken(world.ctx, { holderId: ada.id, state: "lost" });
    const others = await addToken(world.ctx, { holderId: ben.id });
    const retire = () => world.db.transaction((tx) => retireTokensOf(tx, world.asSystem(), [ada.id]));
    expect(await retire()).toEqual([{ tokenId: used.id, accountId: ada.id, serial: used.serial }]);
    expect(await retire()).toEqual([]);
    expect(await Promise.all([used, lost, others].map(({ id }) => stateOf(world, id)))).toEqual([
      "retired",
      "lost",
      "issued",
    ]);
    expect(await custodyOf(world, used.id)).toMatchObject([{ move: "issue" }, { move: "retire", byId: null }]);
    expect(await world.events("hardware_token.retired")).toMatchObject([{ accountId: ada.id, actorKind: "system" }]);
  });

  test("nobody at all costs nothing", async () => {
    const world = await newWorld();
    expect(await world.db.transaction((tx) => retireTokensOf(tx, world.asSystem(), []))).toEqual([]);
  });
});

test("what leavers have not handed back is counted, in the officer's offices alone", async () => {
  const world = await newWorld();
  const elsewhere = await world.anotherOffice();
  const sa = await world.officer("sa");
  const [closed, suspended, delisted, stays] = [
    await world.account({ status: "closed" }),
    await world.account({ status: "suspended" }),
    await world.account(),
    await world.account({ status: "locked" }),
  ];
  const far = await world.account({ status: "closed", officeId: elsewhere.id });
  await world.db.update(accounts).set({ delistedAt: world.now() }).where(eq(accounts.id, delisted.id));
  for (const { id } of [closed, suspended, delisted, stays, far]) await addToken(world.ctx, { holderId: id });
  await addToken(world.ctx, { holderId: closed.id, state: "returned" });
  await addToken(world.ctx, { holderId: stays.id, state: "retired" });
  await addToken(world.ctx, { holderId: suspended.id, state: "lost" });
  expect(await countUnreturned(sa.ctx, await atWork(sa.ctx))).toEqual({ ofLeavers: 4, toHandBack: 1, lost: 1 });
  const head = await world.officer("administrator");
  expect(await countUnreturned(head.ctx, await atWork(head.ctx))).toMatchObject({ ofLeavers: 5 });
});
