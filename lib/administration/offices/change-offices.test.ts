import { beforeEach, describe, expect, test } from "vitest";
import { requestOffice } from "#lib/account/profile/request-correction.ts";
import { findOfferedOffice, findOffice, listOfferedOffices } from "#lib/office/find-office.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addOffice, changeOffice, retireOffice } from "./change-offices.ts";
import { listAllOffices, readOffice } from "./list-offices.ts";
import { type OfficeWanted, parseOffice } from "./parse-office.ts";

let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
});

const perlis: OfficeWanted = { code: "1009", name: "JANM Negeri Perlis", address: null, emailDomains: null };
const refused = (error: string) => ({ ok: false, error });
const changed = { ok: true, value: { changed: true } };
const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

async function added(wanted = perlis): Promise<string> {
  const outcome = await addOffice(administrator.ctx, wanted);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value.officeId;
}

describe("an office", () => {
  test("is added, offered at once, and recorded", async () => {
    const officeId = await added();
    expect((await listOfferedOffices(world.ctx)).map(({ name }) => name)).toEqual([
      "Ibu Pejabat",
      "JANM Negeri Perlis",
    ]);
    expect(await world.events("setting.changed")).toMatchObject([
      { data: { setting: "office.added", subject: officeId, before: null, after: { code: "1009" } } },
    ]);
  });

  test("may share a code with another, not code and name, whatever their case", async () => {
    await added();
    expect(await addOffice(administrator.ctx, { ...perlis, name: "JANM Cawangan Kangar" })).toMatchObject({ ok: true });
    expect(await addOffice(administrator.ctx, { ...perlis, name: "janm negeri PERLIS" })).toEqual(
      refused("office_taken"),
    );
    const other = await added({ ...perlis, code: "1010" });
    expect(await changeOffice(administrator.ctx, other, perlis, 1)).toEqual(refused("office_taken"));
  });

  test("of twelve who add the same at once, one does", async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => addOffice(administrator.ctx, perlis)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("is changed for everybody who works there; each value is recorded with what it was", async () => {
    const officeId = await added();
    const wanted = { ...perlis, name: "JANM Perlis", emailDomains: ["perlis.example.gov.my"] };
    expect(await changeOffice(administrator.ctx, officeId, wanted, 1)).toEqual(changed);
    expect(await readOffice(world.ctx, officeId)).toMatchObject({ name: "JANM Perlis", version: 2 });
    expect((await world.events("setting.changed")).slice(1).map(({ data }) => data)).toEqual([
      { setting: "office.name", subject: officeId, before: "JANM Negeri Perlis", after: "JANM Perlis" },
      { setting: "office.emailDomains", subject: officeId, before: null, after: ["perlis.example.gov.my"] },
    ]);
    expect(await changeOffice(administrator.ctx, officeId, wanted, 2)).toEqual({ ok: true, value: { changed: false } });
  });

  test("that another administrator has changed meanwhile is not written over", async () => {
    const officeId = await added();
    await changeOffice(administrator.ctx, officeId, { ...perlis, address: "Jalan Contoh" }, 1);
    expect(await changeOffice(administrator.ctx, officeId, { ...perlis, name: "Lain" }, 1)).toEqual(
      refused("changed_meanwhile"),
    );
    expect(await retireOffice(administrator.ctx, officeId, true, 1)).toEqual(refused("changed_meanwhile"));
  });
});

describe("a retired office", () => {
  test("is nobody's to choose any more, and stays for those who are there", async () => {
    const officeId = await added();
    expect(await retireOffice(administrator.ctx, officeId, true, 1)).toEqual(changed);
    expect(await findOfferedOffice(world.ctx, officeId)).toBeNull();
    expect(await findOffice(world.ctx, officeId)).toMatchObject({ name: "JANM Negeri Perlis" });
    expect((await listOfferedOffices(world.ctx)).map(({ id }) => id)).toEqual([world.office.id]);
    expect(await listAllOffices(world.ctx)).toHaveLength(2);
    const ada = await world.as(await world.account());
    expect(await requestOffice(ada, { officeId })).toEqual(refused("office_unknown"));
    expect(await retireOffice(administrator.ctx, officeId, false, 2)).toEqual(changed);
    expect(await findOfferedOffice(world.ctx, officeId)).not.toBeNull();
  });

  test("is never the last one, however many retire the others at once", async () => {
    const officeId = await added();
    const outcomes = await Promise.all([
      retireOffice(administrator.ctx, officeId, true, 1),
      retireOffice(administrator.ctx, world.office.id, true, 1),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes).toContainEqual(refused("last_office"));
    expect(await listOfferedOffices(world.ctx)).toHaveLength(1);
  });
});

test("what is no office, or no administrator's to change, is not found", async () => {
  for (const id of ["x", "00000000-0000-4000-8000-000000000000"])
    expect(await changeOffice(administrator.ctx, id, perlis, 1)).toEqual(refused("not_found"));
  const { ctx } = await world.officer("ap");
  expect(await addOffice(ctx, perlis)).toEqual(refused("not_found"));
  expect(await retireOffice(ctx, world.office.id, true, 1)).toEqual(refused("not_found"));
});

describe("the form of an office", () => {
  test("is read as it is kept: code in capitals, one space, domains or the agency's", () => {
    const form = formOf({ code: " 1009a ", name: "JANM  Perlis", address: "Jalan 1\r\n01000 Kangar", domains: "" });
    expect(parseOffice(form)).toEqual({
      ok: true,
      value: { code: "1009A", name: "JANM Perlis", address: "Jalan 1\n01000 Kangar", emailDomains: null },
    });
  });

  test("says by field what is wrong", () => {
    expect(parseOffice(formOf({ code: "10 09", name: "", domains: "gmail.com" }))).toEqual({
      ok: false,
      errors: { code: "office_code_shape", name: "office_name_missing", domains: "domain_personal" },
    });
    expect(parseOffice(formOf({ name: "a\u202eb", address: "\u0007" }))).toEqual({
      ok: false,
      errors: { code: "office_code_missing", name: "office_text", address: "office_text" },
    });
  });
});
