import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type CampaignRequirement, campaign, campaignRequirements } from "#db/schema/campaign.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { accountIctRole, ictRole } from "#db/schema/profile.ts";
import { relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { moving } from "#lib/testing/moving.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { addTotp } from "#lib/testing/totp.ts";

describe("whom a campaign is for", () => {
  test("whoever holds one of its roles now, and nobody else", async () => {
    const { world, role, other, found, holder } = await moving();
    const [now, later, over, another, nobody] = [
      await holder(),
      await world.account(),
      await world.account(),
      await world.account(),
      await world.account(),
    ];
    await addRelyingPartyRole(world.ctx, later, role, { fromAt: new Date("2026-12-01") });
    await addRelyingPartyRole(world.ctx, over, role, { untilAt: world.now() });
    await addRelyingPartyRole(world.ctx, another, other);
    expect(await found(now)).toMatchObject({ state: "under_way", missing: ["second_factor"] });
    for (const each of [later, over, another, nobody]) expect(await found(each)).toBeNull();
  });

  test("before they are activated, also who will hold it", async () => {
    const { world, role, found } = await moving();
    const person = await world.account({ status: "pre_registered" });
    await addRelyingPartyRole(world.ctx, person, role, { fromAt: new Date("2026-12-01") });
    expect(await found(person)).toMatchObject({ state: "not_begun", heldUpBy: "not_activated" });
  });

  test("who says they do one of the works it names", async () => {
    const [given] = await (await newWorld()).db.select().from(ictRole).limit(1);
    const { world, found } = await moving({ ictRoleIds: [given?.id ?? ""] });
    const person = await world.account();
    expect(await found(person)).toBeNull();
    await world.db
      .insert(accountIctRole)
      .values({ accountId: person.id, roleId: given?.id ?? "", heldSince: world.now() });
    expect(await found(person)).toMatchObject({ state: "under_way" });
  });

  test("whom an AP confirmed, and nobody who was only put forward or refused", async () => {
    const { world, found, request } = await moving();
    const [confirmed, open, refused] = [await world.account(), await world.account(), await world.account()];
    await request(confirmed, "confirmed");
    await request(open, "open");
    await request(refused, "refused");
    expect(await found(confirmed)).not.toBeNull();
    for (const each of [open, refused]) expect(await found(each)).toBeNull();
  });

  test("whoever is suspended or closed, or whose role ends, has left it; who comes back is in it again", async () => {
    const { world, role, found, holder, change } = await moving();
    const person = await holder();
    const entered = (await found(person))?.enteredAt;
    for (const status of ["suspended", "closed"] as const) {
      await change(person, { status });
      expect(await found(person)).toMatchObject({ state: "left", missing: [], heldUpBy: null });
      await change(person, { status: "activated" });
      expect(await found(person)).toMatchObject({ state: "under_way", enteredAt: entered });
    }
    await world.db.update(relyingPartyRoleGrant).set({ endedAt: world.now() });
    expect(await found(person)).toMatchObject({ state: "left" });
    await addRelyingPartyRole(world.ctx, person, role);
    expect(await found(person)).toMatchObject({ state: "under_way" });
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() });
    expect(await found(person)).toMatchObject({ state: "left" });
  });

  test.each(["draft", "closed"] as const)("nobody while it is %s", async (state) => {
    const { found, holder } = await moving({ state });
    expect(await found(await holder())).toBeNull();
  });

  test("a campaign that is closed stands still", async () => {
    const { world, found, seen, holder, change } = await moving();
    const person = await holder();
    const before = await found(person);
    await world.db.update(campaign).set({ state: "closed" });
    await change(person, { status: "closed" });
    await found(person);
    expect(await seen(person)).toEqual(before);
  });
});

describe("what is missing", () => {
  test("is said in the order in which people are led through it", async () => {
    const { world, found, holder, change } = await moving({ requirements: [...campaignRequirements] });
    const person = await holder({ status: "pre_registered" });
    expect((await found(person))?.missing).toEqual(campaignRequirements);
    await change(person, { status: "activated", officialEmailVerifiedAt: world.now() });
    expect((await found(person))?.missing).toEqual(campaignRequirements.slice(1));
  });

  test("each requirement is met by its fact alone", async () => {
    const { world, found, holder, request, change } = await moving({ requirements: [...campaignRequirements] });
    const [given] = await world.db.select().from(ictRole).limit(1);
    const person = await holder({ status: "presence_verified" });
    const meet: Record<CampaignRequirement, () => unknown> = {
      official_email: () => change(person, { officialEmailVerifiedAt: world.now() }),
      personal_email: () => change(person, { personalEmail: "a@rumah.example", personalEmailVerifiedAt: world.now() }),
      mobile: () => change(person, { mobileSealed: "sealed" }),
      office_address: () => world.db.update(office).set({ address: "Aras 3" }).where(eq(office.id, world.office.id)),
      ict_roles: () =>
        world.db
          .insert(accountIctRole)
          .values({ accountId: person.id, roleId: given?.id ?? "", heldSince: world.now() }),
      second_factor: () => addTotp(world.ctx, person.id),
      ap_confirmation: () => request(person, "confirmed"),
    };
    for (const requirement of campaignRequirements) {
      await meet[requirement]();
      const rest = campaignRequirements.slice(campaignRequirements.indexOf(requirement) + 1);
      expect((await found(person))?.missing, requirement).toEqual(rest);
    }
  });

  test("a personal address that was not verified is still missing, and what is not asked for never is", async () => {
    const { found, holder } = await moving({ requirements: ["personal_email"] });
    expect((await found(await holder({ personalEmail: "a@rumah.example" })))?.missing).toEqual(["personal_email"]);
  });

  test("what holds somebody up is their letter, their activation, then what is missing first", async () => {
    const { world, found, holder, request, change } = await moving({ requirements: ["mobile", "ap_confirmation"] });
    const person = await holder({ status: "pre_registered" });
    const bounced = {
      mailbox: person.officialEmail.toUpperCase(),
      why: "no_such_mailbox",
      since: world.now(),
    } as const;
    await world.db.insert(undeliverableMailbox).values({ ...bounced, isFinal: false });
    expect(await found(person)).toMatchObject({ heldUpBy: "not_activated", state: "not_begun" });
    await world.db.update(undeliverableMailbox).set({ isFinal: true });
    expect(await found(person)).toMatchObject({ heldUpBy: "letter_bounced" });
    await world.db.delete(undeliverableMailbox);
    await change(person, { status: "activated" });
    expect(await found(person)).toMatchObject({ heldUpBy: "mobile", state: "not_begun" });
    await change(person, { mobileSealed: "sealed" });
    expect(await found(person)).toMatchObject({ heldUpBy: "ap_confirmation", state: "under_way" });
    await request(person, "open");
    expect(await found(person)).toMatchObject({ heldUpBy: "awaiting_confirmation", missing: ["ap_confirmation"] });
  });

  test("an office's address is no beginning of its people's", async () => {
    const { world, found, holder } = await moving({ requirements: ["mobile", "office_address"] });
    await world.db.update(office).set({ address: "Aras 3" });
    expect(await found(await holder())).toMatchObject({ state: "not_begun", missing: ["mobile"] });
  });
});
