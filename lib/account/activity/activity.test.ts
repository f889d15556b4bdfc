import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { device, session } from "#db/schema/session.ts";
import { record, recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { ACTIVITY_PAGE, findActivity, listActivity } from "./list-activity.ts";

const told = (world: World, by: Context, events: Parameters<typeof recordAll>[2]) =>
  world.db.transaction((tx) => recordAll(tx, by, events));

async function somebody() {
  const world = await newWorld();
  const owner = await world.account();
  return { world, owner, here: await world.as(owner) };
}

const typesOf = async (ctx: Context, asked?: Parameters<typeof listActivity>[1]) =>
  (await listActivity(ctx, asked)).lines.map(({ event }) => event.type);

describe("one's own activity", () => {
  test("has the newest first, and nothing of anybody else", async () => {
    const { world, owner, here } = await somebody();
    const ben = await world.account();
    await told(world, here, [
      { type: "security_phrase.set", accountId: owner.id },
      { type: "password.changed", accountId: ben.id },
      { type: "security_phrase.removed", accountId: owner.id },
      { type: "sign_in.refused", accountId: null, factor: "password", reason: "no_account" },
    ]);
    expect(await typesOf(here)).toEqual(["security_phrase.removed", "security_phrase.set"]);
    expect(await typesOf(world.ctx), "nobody signed in").toEqual([]);
    const [his] = await world.events("password.changed");
    const [own] = await world.events("security_phrase.set");
    expect(await findActivity(here, his?.id ?? 0)).toBeNull();
    expect(await findActivity(here, own?.id ?? 0)).toMatchObject({ event: { type: "security_phrase.set" } });
    expect(await findActivity(world.ctx, own?.id ?? 0)).toBeNull();
  });

  test("comes page by page, each line once, while new ones arrive", async () => {
    const { world, owner, here } = await somebody();
    const some = (n: number) =>
      Array.from({ length: n }, () => ({ type: "security_phrase.set", accountId: owner.id }) as const);
    await told(world, here, some(2 * ACTIVITY_PAGE + 3));
    const first = await listActivity(here);
    await told(world, here, some(5));
    const second = await listActivity(here, { before: first.lines.at(-1)?.id ?? 0 });
    const third = await listActivity(here, { before: second.lines.at(-1)?.id ?? 0 });
    expect([first, second, third].map(({ lines, more }) => [lines.length, more])).toEqual([
      [ACTIVITY_PAGE, true],
      [ACTIVITY_PAGE, true],
      [3, false],
    ]);
    const ids = [first, second, third].flatMap(({ lines }) => lines.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  test("is found by what it is about, and by what was refused", async () => {
    const { world, owner, here } = await somebody();
    const { id: accountId } = owner;
    await told(world, here, [
      { type: "sign_in.proved", accountId, factor: "password" },
      { type: "sign_in.refused", accountId, factor: "totp", reason: "wrong_code" },
      { type: "password.changed", accountId },
      { type: "account.locked", accountId, how: "settings" },
      { type: "letter.moot", accountId, letterId: randomUUID(), kind: "new_device" },
    ]);
    expect(await typesOf(here, { show: "sign_in" })).toEqual(["sign_in.refused", "sign_in.proved"]);
    expect(await typesOf(here, { show: "change" })).toEqual(["password.changed"]);
    expect(await typesOf(here, { show: "recovery" })).toEqual(["account.locked"]);
    expect(await typesOf(here, { show: "letter" })).toEqual(["letter.moot"]);
    expect(await typesOf(here, { show: "refused" })).toEqual(["sign_in.refused"]);
    expect(await typesOf(here)).toHaveLength(5);
  });
});

describe("a line tells", () => {
  test("who did it", async () => {
    const { world, owner, here } = await somebody();
    const event = { type: "security_phrase.set", accountId: owner.id } as const;
    const officer = await world.as(await world.account());
    for (const by of [
      here,
      officer,
      { ...world.ctx, actor: { kind: "operator" } as const },
      world.ctx,
      world.asSystem(),
    ])
      await world.db.transaction((tx) => record(tx, by, event));
    const { lines } = await listActivity(here);
    expect(lines.map(({ who }) => who)).toEqual(["system", "nobody", "officer", "officer", "owner"]);
    expect(
      lines.map(({ place }) => place !== null),
      "where an officer was is not told",
    ).toEqual([false, true, false, false, true]);
  });

  test("from which browser: this one, one that is known, another, or that nobody was signed in", async () => {
    const { world, owner } = await somebody();
    const here = { ...(await world.as(owner)), request: { ...world.ctx.request, deviceToken: "this browser" } };
    const browserOf = async (secret: string, signedInAt: Date | null) => {
      const id = randomUUID();
      const seen = { firstSeenAt: world.now(), lastSeenAt: world.now(), signedInAt };
      await world.db
        .insert(device)
        .values({ id, accountId: owner.id, tokenDigest: digest(secret), label: "Chrome pada Windows", ...seen });
      return id;
    };
    const event = { type: "security_phrase.set", accountId: owner.id } as const;
    for (const [secret, signedInAt] of [
      ["this browser", world.now()],
      ["the office's", world.now()],
      ["forgotten", null],
    ] as const) {
      const by = await world.as(owner);
      const deviceId = await browserOf(secret, signedInAt);
      await world.db.update(session).set({ deviceId }).where(sql`id = ${by.actor.sessionId}`);
      await world.db.transaction((tx) => record(tx, by, event));
    }
    await world.db.transaction((tx) => record(tx, world.ctx, event));
    await world.db.transaction((tx) => record(tx, world.asSystem(), event));
    expect((await listActivity(here)).lines.map(({ place }) => place?.browser)).toEqual([
      undefined,
      null,
      "other",
      "known",
      "here",
    ]);
  });

  test("from which network, where it is another than now", async () => {
    const { world, owner, here } = await somebody();
    const event = { type: "security_phrase.set", accountId: owner.id } as const;
    for (const ip of ["192.0.2.1", "203.0.113.9"])
      await world.db.transaction((tx) => record(tx, world.asBrowser({ ip }), event));
    expect((await listActivity(here)).lines.map(({ place }) => place?.otherNetwork)).toEqual(["203.0.113.9", null]);
  });

  test("where a letter went and what it told of", async () => {
    const { world, owner, here } = await somebody();
    await world.db.transaction((tx) => notifyOwner(tx, here, owner.id, "password_changed"));
    await drainMail(world.asSystem());
    expect((await listActivity(here)).lines).toMatchObject([
      { event: { type: "letter.handed_over" }, letter: { to: owner.officialEmail, change: "password_changed" } },
    ]);
  });
});

test("what became of a letter to a new mailbox shows nowhere: it would tell whether somebody else has the address", async () => {
  const { world, owner, here } = await somebody();
  const of = { accountId: owner.id, which: "official" } as const;
  const proof = { accountId: owner.id, letterId: randomUUID(), kind: "mailbox_proof" };
  await told(world, here, [
    { type: "mailbox_change.issued", changeId: randomUUID(), ...of },
    { type: "mailbox_change.handed_over", changeId: randomUUID(), ...of },
    { type: "letter.handed_over", ...proof },
    { type: "letter.refused", ...proof, reason: "unknown" },
    { type: "letter.moot", ...proof },
  ]);
  expect(await typesOf(here)).toEqual(["mailbox_change.issued"]);
  for (const { id, type } of await world.events())
    expect((await findActivity(here, id)) === null).toBe(type !== "mailbox_change.issued");
});

test("who has an address that somebody else wanted reads so, and nothing of that other person", async () => {
  const { world, owner, here } = await somebody();
  const other = await world.as(await world.account());
  const refused = { type: "mailbox_change.refused", which: "official", reason: "taken" } as const;
  await told(world, other, [{ ...refused, accountId: owner.id }]);
  expect((await listActivity(here, { show: "refused" })).lines).toMatchObject([{ who: "somebody", place: null }]);
  expect((await listActivity(other)).lines).toEqual([]);
});
