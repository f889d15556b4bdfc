import { expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { applied, staffFile, staffLine } from "#lib/testing/staff-register.ts";
import { decideDifference } from "./decide-difference.ts";
import { countDifferences, listDifferences } from "./list-differences.ts";

async function withDifferences() {
  const world = await newWorld();
  const owner = await world.account();
  const other = await world.anotherOffice();
  const identity = (owner.identity as { number: string }).number;
  await applied(
    world.ctx,
    staffFile(
      staffLine(0, {
        identity,
        name: "Nama Lain",
        email: "lain@contoh.example.gov.my",
        code: other.code,
        office: other.name,
      }),
    ),
  );
  return { world, owner, other, administrator: await world.officer("administrator") };
}

test("what the register says otherwise is listed beside what the account says, and nothing is overwritten", async () => {
  const { world, owner } = await withDifferences();
  expect(await world.reload(owner)).toMatchObject({ fullName: owner.fullName, officeId: world.office.id });
  const { differences, next } = await listDifferences(world.ctx, null);
  expect(differences).toMatchObject([
    { field: "full_name", now: owner.fullName, register: "Nama Lain" },
    { field: "office", now: "0101 Ibu Pejabat", register: "0102 Cawangan Utara" },
    { field: "official_email", now: owner.officialEmail, register: "lain@contoh.example.gov.my" },
  ]);
  expect(next).toBeNull();
});

test("an office is taken over by an administrator, once; a name and a mailbox never", async () => {
  const { world, owner, other, administrator } = await withDifferences();
  const { ctx } = administrator;
  const [role] = (await addRelyingParty(world.ctx, { roles: ["pegawai"] })).roles;
  if (role) await addRelyingPartyRole(world.ctx, owner, role);
  expect(await decideDifference(ctx, owner.id, "full_name", "adopt")).toEqual({ ok: false, error: "only_office" });
  const both = await Promise.all([
    decideDifference(ctx, owner.id, "office", "adopt"),
    decideDifference(ctx, owner.id, "office", "adopt"),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await world.reload(owner)).toMatchObject({ officeId: other.id });
  expect(await world.events("relying_party_role.ended"), "what the former office gave ends").toHaveLength(1);
  expect(await world.events("difference.adopted")).toMatchObject([{ accountId: owner.id, data: { field: "office" } }]);
  expect(await decideDifference(ctx, owner.id, "full_name", "dismiss")).toMatchObject({ ok: true });
  expect(await countDifferences(world.ctx)).toBe(1);
});

test("is nobody else's to decide", async () => {
  const { world, owner } = await withDifferences();
  for (const role of ["helpdesk", "sa", "ap", "auditor"] as const) {
    const { ctx } = await world.officer(role);
    expect(await decideDifference(ctx, owner.id, "office", "adopt")).toEqual({ ok: false, error: "not_found" });
  }
  expect(await world.reload(owner)).toMatchObject({ officeId: world.office.id });
});
