import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { askForLink } from "#lib/testing/activation.ts";
import { factsOf } from "#lib/testing/diagnosis.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { sendReset } from "../actions/send-reset.ts";
import { confirmPresence } from "../caller-check/confirm-presence.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import { holdUp } from "../diagnosis/findings.ts";
import type { Reason } from "../reason.ts";
import { accountStatement } from "./account-statement.ts";
import { lifeSteps } from "./life-steps.ts";
import { listTimeline, TIMELINE_PAGE } from "./list-timeline.ts";
import { possibleActions } from "./possible-actions.ts";
import { readAccount } from "./read-account.ts";

async function look(world: World, by: SignedIn, accountId: string) {
  const officer = await officerOf(world.db, by);
  if (!officer) throw new Error("No officer");
  return readAccount(by, officer, accountId);
}

describe("an account is read", () => {
  test("by officers of its office and of the whole agency, its number masked", async () => {
    const world = await newWorld();
    const owner = await world.account();
    for (const role of ["helpdesk", "sa", "ap", "administrator", "auditor"] as const) {
      const seen = await look(world, (await world.officer(role)).ctx, owner.id);
      expect(seen).toMatchObject({ ok: true, value: { facts: { id: owner.id, fullName: owner.fullName } } });
      expect(JSON.stringify(seen)).not.toContain(owner.identity.number);
    }
  });

  test("by nobody of another office, as if it were not there; that is recorded on it, and an unknown id on nobody", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const elsewhere = await world.anotherOffice();
    for (const role of ["helpdesk", "sa", "ap"] as const) {
      const { ctx } = await world.officer(role, { officeId: elsewhere.id });
      for (const id of [owner.id, randomUUID(), "not-an-id"])
        expect(await look(world, ctx, id)).toEqual({ ok: false, error: "not_found" });
    }
    const refused = await world.events("access.refused");
    expect(refused.map(({ accountId }) => accountId)).toEqual([
      owner.id,
      null,
      null,
      owner.id,
      null,
      null,
      owner.id,
      null,
      null,
    ]);
    expect(refused[0]).toMatchObject({ data: { right: "account.view" } });
  });

  test("in one query, and its timeline in another", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const { ctx } = await world.officer("helpdesk");
    const officer = await officerOf(world.db, ctx);
    const asked = vi.spyOn(world.db.$client, "query");
    if (officer) await readAccount(ctx, officer, owner.id);
    expect(asked).toHaveBeenCalledTimes(1);
    await listTimeline(ctx, owner.id);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test("along indexes alone, so that a million others do not slow it down", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const client = await world.db.$client.connect();
    try {
      await client.query("set enable_seqscan = off");
      const asked = [owner.id, null, world.now(), world.now(), owner.id];
      const { rows } = await client.query<Record<"QUERY PLAN", string>>(`explain ${accountStatement.text}`, asked);
      expect(rows.map((row) => row["QUERY PLAN"]).filter((line) => line.includes("Seq Scan"))).toEqual([]);
    } finally {
      await client.query("reset enable_seqscan");
      client.release();
    }
  });

  test("with when the officer who looks made sure of the caller, and not when another did", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const desk = await world.officer("helpdesk");
    expect((await confirmPresence(desk.ctx, owner.id, "Kad pengenalan di kaunter" as Reason)).ok).toBe(true);
    const verified = { ok: true, value: { facts: { callerVerifiedAt: world.now() } } };
    expect(await look(world, desk.ctx, owner.id)).toMatchObject(verified);
    const other = await look(world, (await world.officer("sa")).ctx, owner.id);
    expect(other).toMatchObject({ ok: true, value: { facts: { callerVerifiedAt: null } } });
  });

  test("whatever its owner has: nothing of another account shows", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "registered" });
    const other = await world.account({ status: "registered" });
    await askForLink(world.ctx, other.identity);
    await drainMail(world.asSystem());
    expect(await factsOf(world, owner)).toMatchObject({ letters: [], link: null, tries: [], sessions: [] });
    expect(await factsOf(world, other)).toMatchObject({
      letters: [{ kind: "activation", to: other.officialEmail, state: "handed_over" }],
      link: { mailbox: other.officialEmail, opened: false },
    });
  });
});

describe("the timeline", () => {
  test("names the officer who did it, with their reason", async () => {
    const world = await newWorld();
    const owner = await world.account({ password: true });
    const desk = await world.officer("helpdesk", { fullName: "Farid Contoh" });
    const reason = "Diminta melalui telefon" as Reason;
    await sendReset(desk.ctx, { accountId: owner.id, reason });
    const { lines } = await listTimeline(desk.ctx, owner.id);
    expect(lines).toMatchObject(lines.map(() => ({ who: "officer", by: "Farid Contoh", place: null })));
    expect(lines.map(({ event }) => event.type)).toContain("password.disabled");
  });

  test("goes back page by page, each event once", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "registered" });
    for (let n = 0; n < TIMELINE_PAGE; n++) {
      await askForLink(world.ctx, owner.identity);
      world.moveClock(minutes(16));
    }
    await drainMail(world.asSystem());
    const seen: number[] = [];
    let page = await listTimeline(world.ctx, owner.id);
    for (;;) {
      seen.push(...page.lines.map(({ id }) => id));
      if (!page.more) break;
      page = await listTimeline(world.ctx, owner.id, page.lines.at(-1)?.id ?? null);
    }
    const told = (await world.events()).filter(
      ({ accountId, type }) => accountId === owner.id && type !== "activation_link.handed_over",
    );
    expect(seen).toEqual(told.map(({ id }) => id).toReversed());
    expect(seen.length).toBeGreaterThan(TIMELINE_PAGE);
  });
});

test("the steps say how far it came, and where it is held up", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  await askForLink(world.ctx, owner.identity);
  const facts = await factsOf(world, owner);
  const states = (holdUp: "stuck" | "waiting" | null) => lifeSteps(facts, holdUp).map(({ state }) => state);
  expect(states("stuck")).toEqual(["done", "stuck", "todo", "todo"]);
  expect(states("waiting")).toEqual(["done", "waiting", "todo", "todo"]);
  expect(states(null)).toEqual(["done", "todo", "todo", "todo"]);
  const done = await factsOf(world, await world.account());
  expect(lifeSteps(done, "stuck").map(({ state }) => state)).toEqual(["done", "done", "done", "todo"]);
});

test("a link that was just sent holds nobody up, until it has run out", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  await askForLink(world.ctx, owner.identity);
  const next = async () => {
    const facts = await factsOf(world, owner);
    const [found] = diagnose(facts, { now: world.now(), domains: [] });
    return lifeSteps(facts, holdUp(found))[1]?.state;
  };
  expect(await next()).toBe("waiting");
  await drainMail(world.asSystem());
  expect(await next()).toBe("waiting");
  world.moveClock(minutes(29));
  expect(await next()).toBe("waiting");
  world.moveClock(minutes(1));
  expect(await next()).toBe("stuck");
});

describe("what an officer may do", () => {
  const mayOf = async (world: World, by: SignedIn, owner: { id: string }) => {
    const officer = await officerOf(world.db, by);
    if (!officer) throw new Error("No officer");
    return possibleActions(officer, await factsOf(world, owner));
  };

  test("follows the state of the account and their role", async () => {
    const world = await newWorld();
    const registered = await world.account({ status: "registered" });
    const active = await world.account({ staffConfirmed: true });
    const helpdesk = (await world.officer("helpdesk")).ctx;
    const ap = (await world.officer("ap")).ctx;
    const auditor = (await world.officer("auditor")).ctx;
    expect((await mayOf(world, helpdesk, registered)).actions).toEqual(["resend_activation", "correct_mailbox"]);
    expect((await mayOf(world, ap, active)).actions).toEqual(["send_reset", "suspend", "close"]);
    expect(await mayOf(world, auditor, active)).toEqual({ actions: [], barred: null });
    await lockOwnAccount(await world.as(active));
    expect((await mayOf(world, helpdesk, active)).actions).toEqual(["unlock"]);
  });

  test("is nothing on their own account, and nothing on one of equal or higher rank; that is said", async () => {
    const world = await newWorld();
    const helpdesk = await world.officer("helpdesk");
    const sa = await world.officer("sa");
    expect(await mayOf(world, helpdesk.ctx, helpdesk.account)).toEqual({ actions: [], barred: "own" });
    expect(await mayOf(world, helpdesk.ctx, sa.account)).toEqual({ actions: [], barred: "outranked" });
    expect((await mayOf(world, sa.ctx, helpdesk.account)).barred).toBeNull();
  });
});

test("everything that a diagnosis advises to do can be done by somebody, in the state it was found in", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("administrator");
  const officer = await officerOf(world.db, ctx);
  if (!officer) throw new Error("No officer");
  for (const status of ["registered", "activated", "locked", "suspended", "closed"] as const) {
    const facts = await factsOf(world, await world.account({ status, staffConfirmed: status !== "activated" }));
    const { actions } = possibleActions(officer, facts);
    for (const { help } of diagnose(facts, { now: world.now(), domains: [] }))
      if (help && "do" in help) expect(actions, status).toContain(help.do);
  }
});
