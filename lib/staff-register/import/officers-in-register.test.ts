import { expect, test } from "vitest";
import { relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { applied, myKad, staffFile, staffLine } from "#lib/testing/staff-register.ts";
import { decideDifference } from "../differences/decide-difference.ts";
import { listDifferences } from "../differences/list-differences.ts";
import { viewImport } from "./view-import.ts";

test("somebody who is to be an officer keeps their mailbox before activation too, and what differs is shown", async () => {
  const world = await newWorld();
  const invited = await world.account({ status: "pre_registered" });
  await addGrant(world.ctx, invited.id, { role: "administrator", officeId: world.office.id });
  const line = { identity: myKad(invited.identity), name: invited.fullName, email: "lain@contoh.example.gov.my" };
  const importId = await applied(world.ctx, staffFile(staffLine(0, line)));
  expect(await world.reload(invited)).toMatchObject({ officialEmail: invited.officialEmail });
  expect((await listDifferences(world.ctx, null)).differences).toMatchObject([
    { field: "official_email", register: "lain@contoh.example.gov.my" },
  ]);
  expect(await viewImport(world.ctx, importId)).toMatchObject({ counts: { bad: 0 } });
});

test("an office taken over from the register ends what was held for the former one", async () => {
  const world = await newWorld();
  const moved = await world.officer("sa");
  const other = await world.anotherOffice();
  const { fullName, officialEmail, identity, id } = moved.account;
  const line = {
    identity: myKad(identity),
    name: fullName,
    email: officialEmail,
    code: other.code,
    office: other.name,
  };
  await applied(world.ctx, staffFile(staffLine(0, line)));
  const { ctx } = await world.officer("administrator");
  expect(await decideDifference(ctx, id, "office", "adopt")).toMatchObject({ ok: true });
  expect(await world.events("role.ended")).toMatchObject([{ accountId: id, data: { role: "sa" } }]);
});

test("somebody whom the register moves before activation leaves behind what the former office gave them in systems", async () => {
  const world = await newWorld();
  const [moved, stays] = [
    await world.account({ status: "pre_registered", staffConfirmed: true }),
    await world.account({ status: "pre_registered", staffConfirmed: true }),
  ];
  const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
  for (const each of [moved, stays]) await addRelyingPartyRole(world.ctx, each, roles[0] ?? expect.fail());
  const other = await world.anotherOffice();
  const lineOf = ({ identity, fullName, officialEmail }: typeof moved) => ({
    identity: myKad(identity),
    name: fullName,
    email: officialEmail,
  });
  const there = { ...lineOf(moved), code: other.code, office: other.name };
  await applied(world.ctx, staffFile(staffLine(0, there), staffLine(1, { ...lineOf(stays), name: "Nama Baharu" })));
  expect(await world.reload(moved)).toMatchObject({ officeId: other.id });
  const grants = await world.db.select().from(relyingPartyRoleGrant);
  expect(grants.filter(({ endedAt }) => endedAt === null)).toMatchObject([{ accountId: stays.id }]);
  expect(await world.events("relying_party_role.ended")).toMatchObject([{ accountId: moved.id }]);
});
