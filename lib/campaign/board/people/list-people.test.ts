import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { addCampaign, standIn } from "#lib/testing/campaign.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { exportPeople } from "./export-people.ts";
import { listPeople, PEOPLE_PAGE } from "./list-people.ts";
import { everyPerson, type PersonFilters, parsePersonFilters, personPairs } from "./person-filters.ts";

async function moving(world: World) {
  const other = await world.anotherOffice();
  const campaign = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }] });
  const phaseId = campaign.phases[0]?.id ?? null;
  const add = async (fullName: string, wanted: Partial<Parameters<typeof standIn>[1][number]> = {}) => {
    const officeId = wanted.officeId ?? world.office.id;
    const person = await world.account({ fullName, officeId });
    await standIn(world.ctx, [{ campaignId: campaign.id, accountId: person.id, officeId, phaseId, ...wanted }]);
    return person;
  };
  const names = async (ctx: SignedIn, narrowed: Partial<PersonFilters> = {}) => {
    const page = await listPeople(ctx, campaign.id, { filters: { ...everyPerson, ...narrowed } });
    return page.ok ? page.value.people.map(({ fullName }) => fullName) : page.error;
  };
  return { campaign, other, add, names };
}

async function taken(ctx: SignedIn, campaignId: string, narrowed: Partial<PersonFilters> = {}, chunk?: number) {
  const made = await exportPeople(ctx, campaignId, { ...everyPerson, ...narrowed }, chunk);
  if (!made.ok) return made.error;
  const pieces: string[] = [];
  for await (const piece of made.value.pieces) pieces.push(piece);
  return { rows: made.value.rows, pieces, lines: pieces.join("").trimEnd().split("\r\n") };
}

describe("the list of a campaign's people", () => {
  test("is narrowed by what holds them up, state, phase, office and part of a name", async () => {
    const world = await newWorld();
    const { other, add, names } = await moving(world);
    const { ctx } = await world.officer("administrator", { fullName: "Zz" });
    await add("Contoh Aisyah", { heldUpBy: "mobile", missing: ["mobile"] });
    await add("Contoh Bakri", { heldUpBy: "letter_bounced", state: "not_begun" });
    await add("Contoh Chong", { state: "done" });
    await add("Contoh Devi", { state: "left" });
    await add("Contoh Eng", { officeId: other.id, phaseId: null });
    expect(await names(ctx)).toEqual(["Contoh Aisyah", "Contoh Bakri", "Contoh Chong", "Contoh Eng"]);
    expect(await names(ctx, { hindrance: "profile" })).toEqual(["Contoh Aisyah"]);
    expect(await names(ctx, { hindrance: "letter_bounced" })).toEqual(["Contoh Bakri"]);
    expect(await names(ctx, { state: "done" })).toEqual(["Contoh Chong"]);
    expect(await names(ctx, { state: "left" })).toEqual(["Contoh Devi"]);
    expect(await names(ctx, { phase: "none" })).toEqual(["Contoh Eng"]);
    expect(await names(ctx, { phase: 1, words: "bak" })).toEqual(["Contoh Bakri"]);
    expect(await names(ctx, { officeId: other.id })).toEqual(["Contoh Eng"]);
    expect(await names(ctx, { phase: 2 })).toBe("not_found");
  });

  test("is read page by page, forth and back, each person once", async () => {
    const world = await newWorld();
    const { campaign, add } = await moving(world);
    const { ctx } = await world.officer("sa");
    for (let n = 0; n < PEOPLE_PAGE + 2; n += 1) await add("Contoh Sama");
    const page = async (at: string | null) => {
      const read = await listPeople(ctx, campaign.id, { filters: everyPerson, at });
      if (!read.ok) throw new Error(read.error);
      return read.value;
    };
    const first = await page(null);
    const second = await page(first.after);
    expect(first.found).toBe(PEOPLE_PAGE + 2);
    expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(PEOPLE_PAGE + 2);
    expect([first.before, second.after]).toEqual([null, null]);
    expect((await page(second.before)).people).toEqual(first.people);
    const elsewhere = await listPeople(ctx, campaign.id, {
      filters: { ...everyPerson, state: "done" },
      at: first.after,
    });
    expect(elsewhere, "a place of another list").toEqual({ ok: false, error: "not_found" });
  });

  test("has nobody of another's offices, neither as they were looked at nor as they are now", async () => {
    const world = await newWorld();
    const { other, add, names } = await moving(world);
    const { ctx } = await world.officer("sa");
    await add("Contoh Sini");
    await add("Contoh Sana", { officeId: other.id });
    const left = await add("Contoh Pindah");
    await world.db.update(accounts).set({ officeId: other.id }).where(eq(accounts.id, left.id));
    const come = await add("Contoh Datang", { officeId: other.id });
    await world.db.update(accounts).set({ officeId: world.office.id }).where(eq(accounts.id, come.id));
    expect(await names(ctx)).toEqual(["Contoh Sini"]);
    expect(await names(ctx, { officeId: other.id })).toBe("not_found");
    expect(await world.events("access.refused")).toHaveLength(1);
  });
});

describe("that list taken away", () => {
  test("says where each stands, masks identities, is harmless in a spreadsheet, and is on record before", async () => {
    const world = await newWorld();
    const { campaign, other, add } = await moving(world);
    const { ctx } = await world.officer("sa");
    const person = await add("=Contoh Aisyah", { heldUpBy: "mobile", missing: ["mobile", "second_factor"] });
    await add("Contoh Sana", { officeId: other.id });
    const made = await taken(ctx, campaign.id, { state: "under_way" });
    if (typeof made === "string") throw new Error(made);
    expect(made.lines).toHaveLength(2);
    expect(made.lines[1]).toBe(
      `'=Contoh Aisyah,${person.identity.number.slice(0, 6)}-••-••••,${person.officialEmail},0101,Ibu Pejabat,1,` +
        "Sedang berjalan,profil belum lengkap,nombor telefon bimbit; faktor kedua,,",
    );
    expect(await world.events("campaign_people.exported")).toMatchObject([
      { accountId: null, actorId: ctx.actor.accountId, data: { campaignId: campaign.id, rows: 1, filters: "state" } },
    ]);
  });

  test("comes piece by piece, each person once, and breaks off where the role ends meanwhile", async () => {
    const world = await newWorld();
    const { campaign, add } = await moving(world);
    const { ctx, grantId, account } = await world.officer("administrator");
    await addGrant(world.ctx, account.id, { role: "helpdesk", officeId: world.office.id });
    for (let n = 0; n < 5; n += 1) await add("Contoh Sama");
    const made = await taken(ctx, campaign.id, {}, 2);
    if (typeof made === "string") throw new Error(made);
    expect(made.pieces).toHaveLength(4);
    expect(new Set(made.lines).size).toBe(6);
    const begun = await exportPeople(ctx, campaign.id, everyPerson, 2);
    if (!begun.ok) throw new Error(begun.error);
    await begun.value.pieces.next();
    await begun.value.pieces.next();
    await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, grantId));
    await expect(begun.value.pieces.next()).rejects.toThrow("ended");
  });

  test("is for nobody without the right, nor of another's office", async () => {
    const world = await newWorld();
    const { campaign, other } = await moving(world);
    const { ctx: helpdesk } = await world.officer("helpdesk");
    const { ctx: sa } = await world.officer("sa");
    expect(await taken(helpdesk, campaign.id)).toBe("not_found");
    expect(await taken(sa, campaign.id, { officeId: other.id })).toBe("not_found");
    expect(await world.events("access.refused")).toHaveLength(2);
    expect(await world.events("campaign_people.exported")).toEqual([]);
  });
});

test("what narrows a list is read from an address as it is written there; an identity number never is", () => {
  const filters: PersonFilters = { ...everyPerson, words: "aisyah", phase: 2, state: "left", hindrance: "profile" };
  const pairs = Object.fromEntries(personPairs(filters));
  expect(parsePersonFilters((name) => pairs[name])).toEqual({ ok: true, value: filters });
  for (const wrong of [{ q: "900101-14-0000" }, { phase: "0" }, { phase: ["1"] }, { state: "x" }, { held: "mobile" }])
    expect(parsePersonFilters((name) => (wrong as Record<string, unknown>)[name])).toEqual({
      ok: false,
      error: "malformed",
    });
});
