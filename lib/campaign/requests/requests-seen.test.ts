import { beforeEach, expect, test } from "vitest";
import { campaignPerson } from "#db/schema/campaign.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { seconds } from "#lib/kernel/time.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { askForMove } from "./ask-for-move.ts";
import { countRequests, listMoveWork } from "./count-requests.ts";
import { listCandidates } from "./list-candidates.ts";
import { findRequests, listRequests } from "./list-requests.ts";
import { listMoveRoles } from "./list-roles.ts";
import { withdrawMove } from "./withdraw-move.ts";

let world: World;
let sa: SignedIn;
let campaignId: string;
let roleId: string;

beforeEach(async () => {
  world = await newWorld();
  sa = (await world.officer("sa")).ctx;
  const system = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["pelulus"] });
  await addRelyingParty(world.ctx, { name: "Lain", roles: ["lain"] });
  roleId = system.roles[0]?.id ?? "";
  campaignId = (await addCampaign(world.ctx, { roleIds: [roleId], requirements: ["ap_confirmation"] })).id;
});

const officerOf = (ctx: SignedIn, role: "sa" | "ap", officeId = world.office.id): Officer => ({
  ...ctx.actor,
  grants: [{ role, officeId }],
});
const put = async (by: SignedIn, person: WorldAccount) => {
  const asked = await askForMove(by, { campaignId, accountId: person.id, kind: "enrolment", roleId: null, reason });
  if (!asked.ok) throw new Error(asked.error);
  return asked.value.requestId;
};
const confirmed = () => world.account({ staffConfirmed: true });

test("what waits is read page by page, the longest first, and each once; what was decided, the latest first", async () => {
  const person = await confirmed();
  const first = await put(sa, person);
  const [row] = await world.db.select().from(moveRequest);
  if (!row) throw new Error("Nothing was asked");
  const others = await Promise.all(Array.from({ length: 60 }, confirmed));
  await world.db.insert(moveRequest).values(
    others.map(({ id }, n) => ({
      ...row,
      id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`,
      accountId: id,
      reasonSealed: row.reasonSealed,
    })),
  );
  const officer = officerOf(sa, "sa");
  const unsealable = listRequests(sa, officer, campaignId, { list: "open", from: null });
  await expect(unsealable, "a reason is sealed for its own request").rejects.toThrow();
  await world.db.delete(moveRequest);
  const ids: string[] = [];
  for (const each of others) ids.push(await put(sa, each));
  const page = await listRequests(sa, officer, campaignId, { list: "open", from: null });
  const rest = await listRequests(sa, officer, campaignId, { list: "open", from: page.next });
  expect([page.requests.length, rest.requests.length, rest.next]).toEqual([50, 10, null]);
  expect(new Set([...page.requests, ...rest.requests].map(({ id }) => id))).toEqual(new Set(ids));
  expect(ids).not.toContain(first);
  expect(await countRequests(sa, officer, campaignId)).toEqual({ open: 60, decided: 0 });
  for (const id of ids.slice(0, 2)) {
    world.moveClock(seconds(1));
    await withdrawMove(sa, id);
  }
  const decided = await listRequests(sa, officer, campaignId, { list: "decided", from: null });
  expect(decided.requests.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
});

test("an officer sees what is of their own offices alone, and who decides what is not their own", async () => {
  const { id: officeId } = await world.anotherOffice();
  const there = await world.officer("sa", { officeId });
  const theirs = await put(there.ctx, await world.account({ officeId, staffConfirmed: true }));
  const mine = await put(sa, await confirmed());
  expect((await findRequests(sa, officerOf(sa, "sa"), campaignId, [theirs, mine, "x"])).map(({ id }) => id)).toEqual([
    mine,
  ]);
  expect(await countRequests(sa, officerOf(sa, "sa"), campaignId)).toMatchObject({ open: 1 });
  const ap = (await world.officer("ap")).ctx;
  expect(await listMoveWork(ap, officerOf(ap, "ap"))).toMatchObject([{ campaignId, waiting: 1 }]);
  await put(ap, await confirmed());
  expect(await listMoveWork(ap, officerOf(ap, "ap")), "not what they asked for").toMatchObject([{ waiting: 1 }]);
  expect(await listMoveWork(sa, officerOf(sa, "sa")), "an SA decides nothing").toEqual([]);
});

test("candidates are whom the campaign waits for, or who is looked for, in one's offices and in use", async () => {
  const [ada, put1] = [await confirmed(), await confirmed()];
  const { id: officeId } = await world.anotherOffice();
  const elsewhere = await world.account({ officeId, staffConfirmed: true });
  const suspended = await world.account({ staffConfirmed: true, status: "suspended" });
  const now = world.now();
  await world.db.insert(campaignPerson).values(
    [ada, put1, elsewhere, suspended].map(({ id }) => ({
      ...{ campaignId, accountId: id, officeId: world.office.id, enteredAt: now, checkedAt: now },
      state: "not_begun" as const,
      missing: ["ap_confirmation" as const],
      heldUpBy: "ap_confirmation" as const,
    })),
  );
  await put(sa, put1);
  await addRelyingPartyRole(world.ctx, ada, { id: roleId });
  const officer = officerOf(sa, "sa");
  const listed = async (wanted: Parameters<typeof listCandidates>[3]) =>
    (await listCandidates(sa, officer, campaignId, wanted)).candidates;
  expect(await listed({ held: true })).toMatchObject([
    { id: ada.id, enrolment: null, may: true, roles: [{ system: "Perakaunan", nameMs: "pelulus" }] },
  ]);
  expect(await listed({ person: put1.id })).toMatchObject([{ enrolment: "waiting" }]);
  expect(await listed({ person: elsewhere.id })).toEqual([]);
  expect(await listed({ person: suspended.id })).toEqual([]);
  expect((await listed({ words: ada.fullName })).map(({ id }) => id)).toContain(ada.id);
  expect(await listed({ words: "bin" }), "which says nothing").toEqual([]);
  const ap = (await world.officer("ap", { staffConfirmed: true })).account;
  expect(await listed({ person: ap.id }), "who stands above").toMatchObject([{ may: false }]);
  expect((await listMoveRoles(world.ctx, campaignId)).map(({ id }) => id)).toEqual([roleId]);
});
