import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { letter } from "#db/schema/mail.ts";
import type { Factor } from "#lib/assurance/assurance.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { days } from "#lib/kernel/time.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { countDays } from "./count-days.ts";
import type { Metric } from "./metrics.ts";
import { type Insights, viewInsights } from "./view-insights.ts";

const happened = (world: World, event: AuditEvent) => world.db.transaction((tx) => record(tx, world.ctx, event));
const signedIn = (world: World, { id: accountId }: WorldAccount, factors: readonly Factor[]) =>
  happened(world, {
    type: "sign_in.succeeded",
    accountId,
    sessionId: randomUUID(),
    level: "",
    newDevice: false,
    factors,
  });

async function seen(world: World, ctx = world.ctx, officeId: string | null = null): Promise<Insights> {
  const answer = await viewInsights(ctx, { span: 4, officeId });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

const inAll = ({ inAll: of }: Insights, metrics: readonly Metric[]) => metrics.map(of);
const funnel = ["funnel.registered", "funnel.verified", "funnel.activated", "funnel.enrolled"] as const;

test("the funnel follows those registered in a week, as far as they have come by now", async () => {
  const world = await newWorld();
  const { account: auditor } = await world.officer("auditor");
  const atWork = () => world.as(auditor, ["password", "totp"]);
  world.moveClock(days(7));
  await world.account({ status: "registered" });
  await world.account({ status: "email_verified" });
  await world.account();
  const late = await world.account();
  await countDays(world.ctx);
  const before = await seen(world, await atWork());
  expect(inAll(before, funnel)).toEqual([5, 4, 3, 1]);
  expect(before.weeks.map((week) => before.inWeek("funnel.registered", week))).toEqual([0, 0, 1, 4]);

  world.moveClock(days(14));
  await addTotp(world.ctx, late.id);
  await countDays(world.ctx);
  const after = await seen(world, await atWork());
  expect(inAll(after, funnel), "moved on since, and counted in the week they registered").toEqual([5, 4, 3, 2]);
  expect(after.weeks.map((week) => after.inWeek("funnel.enrolled", week))).toEqual([1, 1, 0, 0]);
});

test("what opened sessions is told by all that was proven", async () => {
  const world = await newWorld();
  const { ctx, account: auditor } = await world.officer("auditor");
  const proven: [Metric, Factor[]][] = [
    ["sign_in.passkey", ["passkey_verified"]],
    ["sign_in.passkey", ["password", "passkey_present"]],
    ["sign_in.passkey", ["passkey_present"]],
    ["sign_in.password_app", ["password", "totp"]],
    ["sign_in.password_recovery_code", ["password", "recovery_code"]],
    ["sign_in.password", ["password"]],
    ["sign_in.password", ["email_code", "password"]],
    ["sign_in.app", ["totp"]],
    ["sign_in.email_code", ["email_code"]],
    ["sign_in.google", ["google"]],
  ];
  for (const [, factors] of proven) await signedIn(world, auditor, factors);
  await countDays(world.ctx);
  const figures = await seen(world, ctx);
  for (const [metric] of proven)
    expect(figures.inAll(metric), metric).toBe(proven.filter(([each]) => each === metric).length);
});

test("letters are counted where they are by now, also those that come back days later", async () => {
  const world = await newWorld();
  const { ctx, account: owner } = await world.officer("auditor");
  const sent = async (
    state: "queued" | "handed_over" | "delivered" | "bounced" | "complained" | "refused" | "moot",
  ) => {
    const id = randomUUID();
    await world.db.insert(letter).values({
      id,
      accountId: owner.id,
      kind: "activation",
      to: owner.officialEmail,
      about: {},
      state,
      createdAt: world.now(),
    });
    return id;
  };
  await sent("queued");
  await sent("delivered");
  await sent("refused");
  await sent("moot");
  await sent("complained");
  const later = await sent("handed_over");
  await countDays(world.ctx);
  const states = ["mail.queued", "mail.handed_over", "mail.delivered", "mail.returned", "mail.complained"] as const;
  expect(inAll(await seen(world, ctx), states)).toEqual([1, 1, 1, 1, 1]);
  world.moveClock(days(9));
  const again = await world.as(owner, ["password", "totp"]);
  await world.db.update(letter).set({ state: "bounced" }).where(eq(letter.id, later));
  await countDays(world.ctx);
  expect(inAll(await seen(world, again), states)).toEqual([1, 0, 1, 2, 1]);
});

test("locks count people, once a day however often they tried", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("auditor");
  const [ali, siti] = [await world.account(), await world.account()];
  const paused = { type: "sign_in.refused", factor: "password", reason: "paused" } as const;
  for (const { id: accountId } of [ali, ali, ali, siti]) await happened(world, { ...paused, accountId });
  await happened(world, { ...paused, reason: "wrong_password", accountId: ali.id });
  await happened(world, { ...paused, accountId: null });
  await happened(world, { type: "account.locked", accountId: ali.id, how: "settings" });
  await happened(world, { type: "password.disabled", accountId: siti.id, why: "too_many_tries" });
  await happened(world, { type: "account.activated", accountId: siti.id, linkId: randomUUID() });
  await countDays(world.ctx);
  const metrics = ["lock.paused", "lock.owner", "lock.password", "lock.suspended", "activations"] as const;
  expect(inAll(await seen(world, ctx), metrics)).toEqual([2, 1, 1, 0, 1]);
});

test("counting again changes nothing, counts what came since, and leaves the past as it was", async () => {
  const world = await newWorld();
  const { account: owner } = await world.officer("auditor");
  await signedIn(world, owner, ["password"]);
  await countDays(world.ctx);
  const rows = async () =>
    (await world.owner.query("select day::text, metric, count from daily_count order by 1, 2")).rows;
  const first = await rows();
  await countDays(world.ctx);
  expect(await rows()).toEqual(first);

  world.moveClock(days(40));
  await signedIn(world, owner, ["password"]);
  // Somebody moves on to another office: where they were counted long ago they stay.
  await world.db.update(account).set({ officeId: (await world.anotherOffice()).id });
  await countDays(world.ctx);
  expect(await rows()).toEqual(expect.arrayContaining([{ day: "2026-11-20", metric: "sign_in.password", count: 1 }]));
  const signIns = (await rows()).filter(({ metric }) => metric === "sign_in.password");
  expect(signIns).toHaveLength(2);
});

test("of four that count at once one counts, and the figures are right", async () => {
  const world = await newWorld();
  const { ctx, account: owner } = await world.officer("auditor");
  await signedIn(world, owner, ["password"]);
  const done = await Promise.all([1, 2, 3, 4].map(() => countDays(world.ctx)));
  expect(done.filter(Boolean).length).toBeGreaterThan(0);
  const figures = await seen(world, ctx);
  expect(figures.inAll("sign_in.password")).toBe(1);
  expect(figures.asOf).toEqual(world.now());
});

test("officers of an office see its figures, and nothing of the neighbour's", async () => {
  const world = await newWorld();
  const neighbour = await world.anotherOffice();
  const { ctx: here } = await world.officer("helpdesk");
  const { ctx: there } = await world.officer("sa", { officeId: neighbour.id });
  const { ctx: everywhere } = await world.officer("administrator");
  await countDays(world.ctx);
  expect((await seen(world, here)).inAll("funnel.registered")).toBe(2);
  expect((await seen(world, there)).inAll("funnel.registered")).toBe(1);
  expect((await seen(world, there)).offices.map(({ id }) => id)).toEqual([neighbour.id]);
  const all = await seen(world, everywhere);
  expect([all.inAll("funnel.registered"), all.inOffice("funnel.registered", neighbour.id)]).toEqual([3, 1]);
  expect((await seen(world, everywhere, neighbour.id)).inAll("funnel.registered")).toBe(1);

  const denied = { ok: false, error: "not_found" };
  for (const officeId of [world.office.id, randomUUID(), "0102", ""])
    expect(await viewInsights(there, { span: 4, officeId }), officeId).toEqual(denied);
  expect(await world.events("access.refused")).toHaveLength(4);
  expect(await viewInsights(everywhere, { span: 4, officeId: randomUUID() })).toEqual(denied);
  expect(await viewInsights(await world.as(await world.account()), { span: 4, officeId: null })).toEqual(denied);
});

test("before anything was counted that is said, and all is nought", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("ap");
  const figures = await seen(world, ctx);
  expect([figures.asOf, figures.inAll("funnel.registered"), figures.weeks.length]).toEqual([null, 0, 4]);
});
