import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { days } from "#lib/kernel/time.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { asOperator } from "#lib/testing/staff-register.ts";
import { changeRound, countInvited, latestRound, startRound } from "./run-round.ts";
import { sendInvitations } from "./send-invitations.ts";

const everybody = { who: "never", officeId: null } as const;
const newcomers = (world: World, howMany: number) =>
  Promise.all(Array.from({ length: howMany }, () => world.account({ status: "pre_registered" })));
const invited = async (world: World) =>
  (await world.mails()).filter(({ kind }) => kind === "invitation").map(({ to }) => to);

test("a round writes to everybody who may activate, at the pace it is given, and each once", async () => {
  const world = await newWorld();
  const people = await newcomers(world, 5);
  await world.account();
  await world.account({ status: "pre_registered", opensAt: new Date("2027-01-01") });
  expect(await startRound(asOperator(world.ctx), everybody)).toMatchObject({ ok: true });
  expect(await sendInvitations(world.asSystem(), 2)).toBe(2);
  expect(await latestRound(world.ctx)).toMatchObject({ state: "running", total: 5, sent: 2 });
  expect(await sendInvitations(world.asSystem(), 2)).toBe(2);
  expect(await sendInvitations(world.asSystem(), 2)).toBe(1);
  expect(await latestRound(world.ctx)).toMatchObject({ state: "done", sent: 5, dealtWith: 5 });
  expect(await sendInvitations(world.asSystem(), 2)).toBeNull();
  expect((await invited(world)).toSorted()).toEqual(people.map(({ officialEmail }) => officialEmail).toSorted());
  expect(await startRound(asOperator(world.ctx), everybody)).toEqual({ ok: false, error: "nobody_to_invite" });
});

test("a minute's letters are spread over the minute", async () => {
  const world = await newWorld();
  await newcomers(world, 3);
  await startRound(asOperator(world.ctx), everybody);
  await sendInvitations(world.asSystem(), 3);
  const { rows } = await world.owner.query(
    "select extract(epoch from start_after - $1::timestamptz)::int as after from pgboss.job where name = 'letters' order by 1",
    [world.now()],
  );
  expect(rows.map(({ after }) => after)).toEqual([0, 20, 40]);
});

test("who has activated, was suspended, or cannot be reached is passed over", async () => {
  const world = await newWorld();
  const [first, second, third, fourth] = await newcomers(world, 4);
  await startRound(asOperator(world.ctx), everybody);
  await world.db
    .update(accounts)
    .set({ status: "activated" })
    .where(eq(accounts.id, first?.id ?? ""));
  await world.db
    .update(accounts)
    .set({ status: "suspended" })
    .where(eq(accounts.id, second?.id ?? ""));
  await world.db.execute(sql`insert into undeliverable_mailbox (mailbox, why, is_final, since)
    values (${third?.officialEmail}, 'no_such_mailbox', true, ${world.now()})`);
  expect(await sendInvitations(world.asSystem(), 60)).toBe(1);
  expect(await invited(world)).toEqual([fourth?.officialEmail]);
  expect(await latestRound(world.ctx)).toMatchObject({ state: "done", total: 4, sent: 1, dealtWith: 4 });
});

test("a letter that leads nowhere any more is not sent", async () => {
  const world = await newWorld();
  const [person] = await newcomers(world, 1);
  await startRound(asOperator(world.ctx), everybody);
  await sendInvitations(world.asSystem(), 60);
  await world.db
    .update(accounts)
    .set({ status: "activated" })
    .where(eq(accounts.id, person?.id ?? ""));
  expect(await drainMail(world.asSystem())).toEqual([]);
  expect(await world.mails()).toMatchObject([{ state: "moot" }]);
});

test("the letter leads to the activation and carries no secret", async () => {
  const world = await newWorld();
  await newcomers(world, 1);
  await startRound(asOperator(world.ctx), everybody);
  await sendInvitations(world.asSystem(), 60);
  const [mail] = await drainMail(world.asSystem());
  expect(mail?.text).toContain(`${world.ctx.origin}/activate`);
  expect(mail?.text).not.toMatch(/\/activate\/[\w-]+/);
});

test("a round is paused, goes on, and ends; of two at once one begins", async () => {
  const world = await newWorld();
  await newcomers(world, 4);
  const { ctx } = await world.officer("administrator");
  const started = await Promise.all([startRound(ctx, everybody), startRound(ctx, everybody)]);
  expect(started.map((each) => (each.ok ? "ok" : each.error)).toSorted()).toEqual(["ok", "round_open"]);
  expect(await changeRound(ctx, "resume")).toEqual({ ok: false, error: "moved_meanwhile" });
  expect(await changeRound(ctx, "pause")).toMatchObject({ ok: true });
  expect(await sendInvitations(world.asSystem(), 2)).toBeNull();
  expect(await changeRound(ctx, "resume")).toMatchObject({ ok: true });
  expect(await sendInvitations(world.asSystem(), 2)).toBe(2);
  expect(await changeRound(ctx, "stop")).toMatchObject({ ok: true });
  expect(await sendInvitations(world.asSystem(), 2)).toBeNull();
  expect((await world.events()).map(({ type }) => type).filter((type) => type.startsWith("invitations"))).toEqual([
    "invitations.started",
    "invitations.paused",
    "invitations.resumed",
    "invitations.stopped",
  ]);
});

test("a reminder goes to who was invited days ago and still waits, of one office where it is named", async () => {
  const world = await newWorld();
  await newcomers(world, 2);
  const other = await world.anotherOffice();
  await world.account({ status: "pre_registered", officeId: other.id });
  const count = (who: "never" | "waiting", officeId: string | null = null) =>
    countInvited(world.db, { who, officeId }, world.now());
  expect([await count("never"), await count("never", other.id)]).toEqual([3, 1]);
  await startRound(asOperator(world.ctx), everybody);
  await sendInvitations(world.asSystem(), 60);
  expect([await count("never"), await count("waiting")]).toEqual([0, 0]);
  world.moveClock(days(4));
  expect([await count("never"), await count("waiting"), await count("waiting", other.id)]).toEqual([0, 3, 1]);
});

test("nobody but an administrator sends or stops invitations", async () => {
  const world = await newWorld();
  await newcomers(world, 1);
  for (const role of ["helpdesk", "sa", "ap", "auditor"] as const) {
    const { ctx } = await world.officer(role);
    expect(await startRound(ctx, everybody)).toEqual({ ok: false, error: "not_found" });
    expect(await changeRound(ctx, "pause")).toEqual({ ok: false, error: "not_found" });
  }
  expect(await world.events("access.refused")).toHaveLength(8);
});
