import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { recordAll } from "#lib/audit/record.ts";
import { sealAll } from "#lib/audit/seal/seal-trail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { searchTrail, TRAIL_PAGE } from "./search-trail.ts";
import { everything, type TrailFilter } from "./trail-filter.ts";

const note = (ctx: Context, ...events: AuditEvent[]) => ctx.db.transaction((tx) => recordAll(tx, ctx, events));
const lapsed = (accountId: string | null) => ({ type: "account.lapsed", accountId }) as const;
const refused = (accountId: string) =>
  ({ type: "sign_in.refused", accountId, factor: "password", reason: "wrong_password" }) as const;

/** An auditor, two people, and of each kind of doer an event on one of them. */
async function eventful() {
  const world = await newWorld();
  const { ctx: auditor } = await world.officer("auditor");
  const helper = await world.officer("helpdesk");
  const [ali, siti] = [await world.account(), await world.account()];
  await note(world.ctx, refused(ali.id));
  await note(await world.as(ali), { type: "two_factors.switched", accountId: ali.id, on: true });
  await note(world.asSystem(), lapsed(siti.id));
  await note(helper.ctx, { type: "access.refused", accountId: null, right: "account.view" });
  await note({ ...world.ctx, actor: { kind: "operator" } }, lapsed(null));
  return { world, auditor, helper, ali, siti };
}

async function found(ctx: Context, filter: Partial<TrailFilter>, before: number | null = null) {
  const answer = await searchTrail(ctx, { ...everything, ...filter }, before);
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}
const typesOf = async (ctx: Context, filter: Partial<TrailFilter>) =>
  (await found(ctx, filter)).events.map(({ event }) => event.type);

test("each event says who did what to whom, newest first", async () => {
  const { auditor, ali, siti, helper } = await eventful();
  const { events, more } = await found(auditor, {});
  expect(more).toBe(false);
  expect(events).toMatchObject([
    { event: { type: "account.lapsed" }, actorKind: "operator", who: null, whom: null },
    { event: { type: "access.refused", right: "account.view" }, refused: true, who: { id: helper.account.id } },
    { event: { type: "account.lapsed" }, actorKind: "system", who: null, whom: { id: siti.id } },
    {
      event: { type: "two_factors.switched", on: true },
      who: { id: ali.id },
      whom: { id: ali.id, name: ali.fullName },
    },
    { event: { type: "sign_in.refused" }, actorKind: "nobody", refused: true, ip: "192.0.2.1", sealed: false },
  ]);
});

test("it is found by whom, by who did it, by what it is about and how it ended, alone and together", async () => {
  const { auditor, ali, siti, helper } = await eventful();
  expect(await typesOf(auditor, { whom: ali.id })).toEqual(["two_factors.switched", "sign_in.refused"]);
  expect(await typesOf(auditor, { who: ali.id })).toEqual(["two_factors.switched"]);
  expect(await typesOf(auditor, { who: helper.account.id })).toEqual(["access.refused"]);
  expect(await typesOf(auditor, { about: "sign_in" })).toEqual(["sign_in.refused"]);
  expect(await typesOf(auditor, { about: "account.lapsed" })).toHaveLength(2);
  expect(await typesOf(auditor, { outcome: "refused" })).toEqual(["access.refused", "sign_in.refused"]);
  expect(await typesOf(auditor, { outcome: "refused", whom: ali.id })).toEqual(["sign_in.refused"]);
  expect(await typesOf(auditor, { whom: siti.id, about: "letter" })).toEqual([]);
  for (const [by, types] of [
    ["owner", ["two_factors.switched"]],
    ["officer", ["access.refused"]],
    ["nobody", ["sign_in.refused"]],
    ["system", ["account.lapsed"]],
    ["operator", ["account.lapsed"]],
  ] as const)
    expect(await typesOf(auditor, { by }), by).toEqual(types);
});

test("days are those of the agency, from their first moment to their last", async () => {
  const world = await newWorld();
  const { ctx: auditor } = await world.officer("auditor", {});
  // 20 November 2026 in Kuala Lumpur ends at 16:00 in Greenwich.
  const at = (iso: string) => note({ ...world.ctx, now: () => new Date(iso) }, lapsed(null));
  await at("2026-11-19T15:59:59.999Z");
  await at("2026-11-19T16:00:00.000Z");
  await at("2026-11-20T15:59:59.999Z");
  await at("2026-11-20T16:00:00.000Z");
  const moments = async (filter: Partial<TrailFilter>) =>
    (await found(auditor, filter)).events.map(({ at }) => at.toISOString());
  const [last, ends, begins, first] = await moments({});
  expect(await moments({ from: "2026-11-20", until: "2026-11-20" })).toEqual([ends, begins]);
  expect(await moments({ from: "2026-11-21" })).toEqual([last]);
  expect(await moments({ until: "2026-11-19" })).toEqual([first]);
});

test("pages follow each other without a gap or a repeat, also where many happened in one moment", async () => {
  const world = await newWorld();
  const { ctx: auditor } = await world.officer("auditor");
  const howMany = TRAIL_PAGE * 2 + 7;
  await note(world.ctx, ...Array.from({ length: howMany }, () => lapsed(null)));
  // A clock behind the others': its number is newer than its time.
  await note({ ...world.ctx, now: () => new Date(world.now().getTime() - hours(1)) }, lapsed(null));
  const seen: number[] = [];
  let page = await found(auditor, {});
  for (; page.more; page = await found(auditor, {}, seen.at(-1))) seen.push(...page.events.map(({ id }) => id));
  seen.push(...page.events.map(({ id }) => id));
  expect(seen).toHaveLength(howMany + 1);
  expect(new Set(seen).size).toBe(howMany + 1);
  expect(seen.at(-1)).toBe(Math.max(...seen));
});

test("what is sealed says so", async () => {
  const { world, auditor } = await eventful();
  world.moveClock(minutes(5));
  await sealAll(world.ctx);
  await note(world.ctx, lapsed(null));
  expect((await found(auditor, {})).events.map(({ sealed }) => sealed)).toEqual([false, true, true, true, true, true]);
});

test.each(["helpdesk", "sa", "ap"] as const)("%s may not read it", async (role) => {
  const world = await newWorld();
  const { ctx } = await world.officer(role);
  expect(await searchTrail(ctx, everything)).toEqual({ ok: false, error: "not_found" });
});

test("nobody reads it who is staff, was an auditor until now, or has signed out", async () => {
  const world = await newWorld();
  const denied = { ok: false, error: "not_found" };
  expect(await searchTrail(await world.as(await world.account()), everything)).toEqual(denied);
  expect(await searchTrail(world.ctx, everything)).toEqual(denied);
  const { ctx, grantId } = await world.officer("auditor");
  expect((await searchTrail(ctx, everything)).ok).toBe(true);
  await world.owner.query("update role_grant set until_at = $2 where id = $1", [grantId, world.now()]);
  expect(await searchTrail(ctx, everything)).toEqual(denied);
  const other = await world.officer("administrator");
  world.moveClock(days(1));
  expect(await searchTrail(other.ctx, everything), "the session ran out").toEqual(denied);
});

test("the names of those it is filtered by come along", async () => {
  const { auditor, ali, siti } = await eventful();
  const { people } = await found(auditor, { whom: ali.id, who: siti.id });
  expect(Object.fromEntries(people)).toEqual({ [ali.id]: ali.fullName, [siti.id]: siti.fullName });
});
