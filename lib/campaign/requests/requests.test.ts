import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { campaignPerson, campaign as campaigns } from "#db/schema/campaign.ts";
import { officerAction } from "#db/schema/helpdesk.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { relyingParty, relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { hours, minutes } from "#lib/kernel/time.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { readRequest } from "#lib/testing/scenes/move-scenes.ts";
import { askForMove, type MoveWanted } from "./ask-for-move.ts";
import { decideMove } from "./decide-move.ts";
import { overtakeRequests } from "./overtake-requests.ts";
import { moveRequestMoves, nextState } from "./request-state.ts";
import { tellDeciders } from "./tell-deciders.ts";
import { withdrawMove } from "./withdraw-move.ts";

let world: World;
let sa: SignedIn;
let ap: SignedIn;
let apGrant: string;
let saGrant: string;
let ada: WorldAccount;
let roleId: string;
let campaignId: string;

beforeEach(async () => {
  world = await newWorld();
  const [first, second] = [await world.officer("sa"), await world.officer("ap")];
  [sa, saGrant, ap, apGrant] = [first.ctx, first.grantId, second.ctx, second.grantId];
  ada = await world.account({ staffConfirmed: true });
  const system = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["pelulus"] });
  roleId = system.roles[0]?.id ?? "";
  campaignId = (await addCampaign(world.ctx, { roleIds: [roleId] })).id;
});

const ask = (wanted: Partial<MoveWanted> = {}, by = sa) =>
  askForMove(by, { campaignId, accountId: ada.id, kind: "enrolment", roleId: null, reason, ...wanted });
async function asked(wanted: Partial<MoveWanted> = {}, by = sa): Promise<string> {
  const answer = await ask(wanted, by);
  if (!answer.ok) throw new Error(answer.error);
  return answer.value.requestId;
}
const seenOf = async (id: string) => (await readRequest(world, ap, campaignId, id)).seen;
const confirm = async (id: string, by = ap) => decideMove(by, id, { confirm: true, seen: await seenOf(id) });
const refusing = async (id: string, by = ap) => decideMove(by, id, { confirm: false, reason, seen: await seenOf(id) });
const requests = () => world.db.select().from(moveRequest);
const states = async () => (await requests()).map(({ state }) => state);
const roles = () => world.db.select().from(relyingPartyRoleGrant);
const kinds = async () => (await world.mails()).map(({ kind, about }) => (about as { change?: string }).change ?? kind);

describe("a request", () => {
  test("and what became of it is seen in its person's move at once", async () => {
    await world.db.update(campaigns).set({ requirements: ["ap_confirmation", "mobile"] });
    await addRelyingPartyRole(world.ctx, ada, { id: roleId });
    const standing = () => world.db.select().from(campaignPerson);
    const id = await asked();
    expect(await standing()).toMatchObject([{ missing: ["mobile", "ap_confirmation"] }]);
    await confirm(id);
    expect(await standing()).toMatchObject([{ missing: ["mobile"] }]);
  });

  test("of a role is for one that is given still, of a system that is open", async () => {
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() });
    expect(await ask({ kind: "role_grant", roleId })).toEqual({ ok: false, error: "role_gone" });
    await world.db.update(relyingPartyRole).set({ retiredAt: null });
    await world.db.update(relyingParty).set({ disabledAt: world.now() });
    expect(await ask({ kind: "role_grant", roleId })).toEqual({ ok: false, error: "role_gone" });
  });

  test("that its officer takes back at the very moment it is decided on brings nothing about", async () => {
    const id = await asked();
    const seen = await seenOf(id);
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    const decided = await world.db.transaction(async (tx) => {
      await tx.update(moveRequest).set({ state: "withdrawn" }).where(eq(moveRequest.id, id));
      const deciding = decideMove(ap, id, { confirm: true, seen });
      await vi.waitFor(async () => expect((await world.owner.query(waiting)).rowCount).toBe(1), { timeout: 15_000 });
      return { deciding };
    });
    expect(await decided.deciding).toEqual({ ok: false, error: "move_decided" });
    expect(await states()).toEqual(["withdrawn"]);
  });

  test("is prepared by an SA and confirmed by an AP; its person is told, and what was written lies sealed", async () => {
    const id = await asked();
    expect(await kinds()).toEqual([]);
    expect(await confirm(id)).toEqual({ ok: true, value: null });
    expect(await requests()).toMatchObject([
      { state: "confirmed", requestedBy: sa.actor.accountId, decidedBy: ap.actor.accountId, decidedAt: world.now() },
    ]);
    expect(JSON.stringify(await requests())).not.toContain(reason);
    expect(await kinds()).toEqual(["move_confirmed"]);
    expect(await world.events("move_request.confirmed")).toMatchObject([{ accountId: ada.id, outcome: "success" }]);
    expect(await world.db.select().from(officerAction)).toMatchObject([{ action: "decide_move", accountId: ada.id }]);
  });

  test("of a role gives it in the transaction that confirms it, and one of its end takes it", async () => {
    expect(await confirm(await asked({ kind: "role_grant", roleId }))).toMatchObject({ ok: true });
    expect(await roles()).toMatchObject([{ accountId: ada.id, roleId, grantedBy: ap.actor.accountId, endedAt: null }]);
    expect(await confirm(await asked({ kind: "role_end", roleId }))).toMatchObject({ ok: true });
    expect(await roles()).toMatchObject([{ endedAt: world.now(), endedBy: ap.actor.accountId }]);
    expect(new Set(await kinds())).toEqual(new Set(["system_role_granted", "system_role_ended"]));
  });

  test("is refused for a reason that its asker finds with it; many refused at once are one letter", async () => {
    const other = await world.account({ staffConfirmed: true });
    const ids = [await asked(), await asked({ accountId: other.id })];
    for (const id of ids) expect(await refusing(id)).toMatchObject({ ok: true });
    const read = await readRequest(world, sa, campaignId, ids[0] ?? "");
    expect(read).toMatchObject({ state: "refused", refusal: reason, own: true, hindrance: null });
    expect((await world.mails()).map(({ kind, accountId }) => [kind, accountId])).toEqual([
      ["requests_refused", sa.actor.accountId],
    ]);
    expect(await ask()).toMatchObject({ ok: true });
  });

  test("is decided by one of fifty at once", async () => {
    const id = await asked();
    const seen = await seenOf(id);
    const aps = await Promise.all(Array.from({ length: 50 }, () => world.officer("ap")));
    const answers = await Promise.all(
      aps.map(({ ctx }, n) => decideMove(ctx, id, n % 2 ? { confirm: true, seen } : { confirm: false, reason, seen })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok && one.error === "move_decided")).toHaveLength(49);
  });

  test("is asked for once of fifty at once", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok && one.error === "move_asked")).toHaveLength(49);
  });

  test("goes through no move that is not on the table", () => {
    for (const from of ["confirmed", "refused", "withdrawn", "moot"] as const) {
      expect(moveRequestMoves[from]).toEqual({});
      expect(nextState(from, "confirm")).toEqual({ ok: false, error: "move_decided" });
    }
  });
});

describe("a request is not decided", () => {
  test("by whoever asked for it, by whom it is about, by an SA, or from another office", async () => {
    const own = await asked({}, ap);
    expect(await confirm(own)).toEqual({ ok: false, error: "own" });
    expect(await refusing(own)).toEqual({ ok: false, error: "own" });
    expect(await world.events("move_request.refused")).toMatchObject([{ outcome: "refused" }, {}]);
    await world.db.update(accounts).set({ staffConfirmedAt: world.now() }).where(eq(accounts.id, ap.actor.accountId));
    const other = (await world.officer("ap")).ctx;
    expect(await confirm(await asked({ accountId: ap.actor.accountId }, other))).toEqual({
      ok: false,
      error: "outranked",
    });
    const elsewhere = await world.officer("ap", { officeId: (await world.anotherOffice()).id });
    for (const by of [(await world.officer("sa")).ctx, elsewhere.ctx])
      expect(await confirm(own, by)).toEqual({ ok: false, error: "not_found" });
    expect(await decideMove(ap, "x", { confirm: true, seen: "" })).toEqual({ ok: false, error: "not_found" });
    expect(await states()).toEqual(["open", "open"]);
  });

  test("on the rights that either had before: the AP's, and the asker's", async () => {
    const id = await asked();
    const seen = await seenOf(id);
    const ended = { state: "ended", untilAt: world.now() } as const;
    await world.db.update(roleGrant).set(ended).where(eq(roleGrant.id, apGrant));
    expect(await decideMove(ap, id, { confirm: true, seen })).toEqual({ ok: false, error: "not_found" });
    await world.db.update(roleGrant).set({ state: "active", untilAt: null }).where(eq(roleGrant.id, apGrant));
    await world.db.update(roleGrant).set(ended).where(eq(roleGrant.id, saGrant));
    expect(await decideMove(ap, id, { confirm: true, seen })).toEqual({ ok: false, error: "asker_may_not" });
    await world.db.update(roleGrant).set({ state: "active", untilAt: null }).where(eq(roleGrant.id, saGrant));
    await world.db.update(accounts).set({ status: "suspended" }).where(eq(accounts.id, sa.actor.accountId));
    expect(await decideMove(ap, id, { confirm: true, seen })).toEqual({ ok: false, error: "asker_may_not" });
    expect(await refusing(id), "but refused it may be").toMatchObject({ ok: true });
  });

  test("on an old proof, or on what is no longer as it was read", async () => {
    const id = await asked();
    const seen = await seenOf(id);
    world.moveClock(minutes(11));
    expect(await confirm(id)).toEqual({ ok: false, error: "step_up" });
    const fresh = await world.as({ id: ap.actor.accountId }, ["password", "totp"]);
    await world.db.update(accounts).set({ fullName: "Teladan Binti Contoh" }).where(eq(accounts.id, ada.id));
    for (const decision of [{ confirm: true, seen } as const, { confirm: false, seen, reason } as const])
      expect(await decideMove(fresh, id, decision)).toEqual({ ok: false, error: "changed_meanwhile" });
    expect(await confirm(id, fresh)).toMatchObject({ ok: true });
  });

  test("where the account is over, or the role or the campaign is gone", async () => {
    const [moves, gives] = [await asked(), await asked({ kind: "role_grant", roleId })];
    await world.db.update(accounts).set({ status: "suspended" }).where(eq(accounts.id, ada.id));
    expect(await confirm(moves)).toEqual({ ok: false, error: "account_over" });
    await world.db.update(accounts).set({ status: "activated" }).where(eq(accounts.id, ada.id));
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() });
    expect(await confirm(gives)).toEqual({ ok: false, error: "role_gone" });
    await world.db.update(campaigns).set({ state: "closed" });
    expect(await confirm(moves)).toEqual({ ok: false, error: "campaign_over" });
    expect(await overtakeRequests(world.asSystem())).toBe(2);
    expect(await states()).toEqual(["moot", "moot"]);
    expect(await world.events("move_request.overtaken")).toHaveLength(2);
    expect(await overtakeRequests(world.asSystem())).toBe(0);
  });

  test("twice, or once it was given elsewhere or taken back: it is over then", async () => {
    const gives = await asked({ kind: "role_grant", roleId });
    await addRelyingPartyRole(world.ctx, ada, { id: roleId });
    expect(await confirm(gives)).toEqual({ ok: false, error: "has_role" });
    expect(await states()).toEqual(["moot"]);
    expect(await confirm(gives)).toEqual({ ok: false, error: "move_decided" });
    const moves = await asked();
    expect(await withdrawMove(ap, moves), "another's").toEqual({ ok: false, error: "move_decided" });
    expect(await withdrawMove(sa, moves)).toEqual({ ok: true, value: null });
    expect(await withdrawMove(sa, moves)).toEqual({ ok: false, error: "move_decided" });
    expect(await confirm(moves)).toEqual({ ok: false, error: "move_decided" });
    expect(await roles()).toHaveLength(1);
  });
});

describe("a request is not prepared", () => {
  test("for oneself, for somebody above or elsewhere, or by somebody who helps only", async () => {
    expect(await ask({ accountId: sa.actor.accountId })).toEqual({ ok: false, error: "outranked" });
    expect(await ask({ accountId: ap.actor.accountId })).toEqual({ ok: false, error: "outranked" });
    const elsewhere = await world.account({ officeId: (await world.anotherOffice()).id });
    expect(await ask({ accountId: elsewhere.id })).toEqual({ ok: false, error: "not_found" });
    expect(await ask({}, (await world.officer("helpdesk")).ctx)).toEqual({ ok: false, error: "not_found" });
    expect(await requests()).toEqual([]);
  });

  test("twice, for whoever is confirmed, or of a role that is held, is not, or is of another system", async () => {
    const id = await asked();
    expect(await ask()).toEqual({ ok: false, error: "move_asked" });
    await confirm(id);
    expect(await ask()).toEqual({ ok: false, error: "move_confirmed" });
    expect(await ask({ kind: "role_end", roleId })).toEqual({ ok: false, error: "lacks_role" });
    const other = await addRelyingParty(world.ctx, { roles: ["lain"] });
    expect(await ask({ kind: "role_grant", roleId: other.roles[0]?.id ?? "" })).toEqual({
      ok: false,
      error: "role_gone",
    });
    await addRelyingPartyRole(world.ctx, ada, { id: roleId });
    expect(await ask({ kind: "role_grant", roleId })).toEqual({ ok: false, error: "has_role" });
  });

  test.each(["draft", "closed"] as const)("while its campaign is %s", async (state) => {
    await world.db.update(campaigns).set({ state });
    expect(await ask()).toEqual({ ok: false, error: "campaign_over" });
  });

  test("for somebody whom the office has not confirmed, or who is suspended", async () => {
    const newcomer = await world.account({ staffConfirmed: false });
    expect(await ask({ accountId: newcomer.id })).toEqual({ ok: false, error: "account_over" });
    await world.db.update(accounts).set({ status: "suspended" }).where(eq(accounts.id, ada.id));
    expect(await ask()).toEqual({ ok: false, error: "account_over" });
  });
});

describe("those who decide", () => {
  test("are told how much waits, once a day however many ask for it; not of their own", async () => {
    expect(await tellDeciders(sa, campaignId)).toEqual({ ok: false, error: "none_waiting" });
    await asked();
    const told = await Promise.all(Array.from({ length: 5 }, () => tellDeciders(sa, campaignId)));
    expect(told.map((one) => one.ok && one.value.told).toSorted()).toEqual([0, 0, 0, 0, 1]);
    const [mail] = await drainMail(world.asSystem());
    expect(mail?.subject).toMatch(/^1 permohonan/);
    expect(mail?.text).toContain(`/admin/campaigns/${campaignId}/requests`);
    expect(await world.events("move_request.deciders_told")).toMatchObject([{ data: { letters: 1 } }]);
    world.moveClock(hours(25));
    const later = await world.as({ id: sa.actor.accountId }, ["password", "totp"]);
    expect(await tellDeciders(later, campaignId)).toMatchObject({ value: { told: 1, before: 0 } });
  });

  test("are of the office where it waits; an administrator where it has no AP, and nobody where there is none", async () => {
    const { id: officeId } = await world.anotherOffice();
    const there = await world.officer("sa", { officeId });
    const theirs = await world.account({ officeId, staffConfirmed: true });
    await asked({ accountId: theirs.id }, there.ctx);
    expect(await tellDeciders(there.ctx, campaignId)).toEqual({ ok: false, error: "no_decider" });
    const administrator = await world.officer("administrator");
    const without = ["0102 Cawangan Utara"];
    expect(await tellDeciders(there.ctx, campaignId)).toMatchObject({ value: { told: 1, without } });
    expect((await world.mails()).map(({ accountId }) => accountId)).toEqual([administrator.account.id]);
    expect(await tellDeciders(sa, campaignId), "nothing waits in their own office").toMatchObject({ ok: false });
  });

  test("get no letter once nothing waits any more", async () => {
    const id = await asked();
    await tellDeciders(sa, campaignId);
    await confirm(id);
    await drainMail(world.asSystem());
    expect((await world.mails()).find(({ kind }) => kind === "requests_wait")).toMatchObject({ state: "moot" });
  });
});
