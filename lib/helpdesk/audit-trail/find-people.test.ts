import { expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { findPeople, PEOPLE_MAX } from "./find-people.ts";

async function withAuditor() {
  const world = await newWorld();
  const { ctx } = await world.officer("auditor", { fullName: "Juruaudit Rekaan" });
  return { world, ctx, found: async (typed: string) => findPeople(ctx, typed) };
}
const only = (id: string) => ({ ok: true, value: { people: [expect.objectContaining({ id })], more: false } });

test("somebody is found by their number, their mailbox, parts of their name or the account's own number", async () => {
  const { world, found } = await withAuditor();
  const ahmad = await world.account({ fullName: "Ahmad Teladan bin Contoh" });
  await world.account({ fullName: "Siti Contoh" });
  const { number } = ahmad.identity;
  for (const typed of [
    number,
    `${number.slice(0, 6)}-${number.slice(6, 8)}-${number.slice(8)}`,
    ahmad.officialEmail,
    "teladan ahmad",
    "AHMAD contoh",
    ahmad.id,
    ` ${ahmad.id.toUpperCase()} `,
  ])
    expect(await found(typed), typed).toEqual(only(ahmad.id));
  const answer = await found("ahmad");
  expect(answer.ok && answer.value.people[0]).toEqual({
    id: ahmad.id,
    name: "Ahmad Teladan bin Contoh",
    identity: `${number.slice(0, 6)}-••-••••`,
    office: "0101 Ibu Pejabat",
    status: "activated",
  });
});

test("somebody whose account is closed is found too", async () => {
  const { world, found } = await withAuditor();
  const gone = await world.account({ status: "closed" });
  expect(await found(gone.identity.number)).toEqual(only(gone.id));
});

test("of many some are listed, and that there are more is said", async () => {
  const { world, found } = await withAuditor();
  for (let n = 0; n <= PEOPLE_MAX; n += 1)
    await world.account({ fullName: `Rakan Contoh ${String.fromCharCode(65 + n)}` });
  const answer = await found("rakan");
  expect(answer.ok && [answer.value.people.length, answer.value.more]).toEqual([PEOPLE_MAX, true]);
});

test("what is nobody's, says nothing or is no number is refused, and nothing breaks out of a pattern", async () => {
  const { world, found } = await withAuditor();
  await world.account();
  for (const typed of ["nobody at all", "%", "_______", "0197f2d0-0000-7000-8000-000000000001"]) {
    const answer = await found(typed);
    expect(answer.ok, typed).toBe(false);
  }
  expect(await found("bin")).toEqual({ ok: false, error: "person_unreadable" });
  expect(await found("901332-01-0000")).toEqual({ ok: false, error: "person_unreadable" });
});

test("nobody is found for those who may not read the trail", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("ap");
  expect(await findPeople(ctx, "Contoh")).toEqual({ ok: false, error: "not_found" });
});
