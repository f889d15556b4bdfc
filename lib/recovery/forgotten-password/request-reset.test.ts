import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import { rememberBrowser } from "#lib/account/browser.ts";
import { endResets } from "#lib/account/mailbox/end-mailed-secrets.ts";
import { groupedCode } from "#lib/kernel/mailed-secrets.ts";
import { days, minutes, seconds } from "#lib/kernel/time.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail, scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld, type WorldAccount } from "#lib/testing/new-world.ts";
import { askForReset, newestReset } from "#lib/testing/recovery.ts";
import { requestReset } from "./request-reset.ts";
import { viewReset } from "./view-reset.ts";

async function someone(status: Parameters<Awaited<ReturnType<typeof newWorld>>["account"]>[0] = {}) {
  const world = await newWorld();
  const owner = await world.account({ password: true, ...status });
  return { world, owner, ctx: world.ctx, deliver: () => drainMail(world.asSystem()) };
}

const range = (n: number) => Array.from({ length: n }, (_, at) => at);
const sentTo = async (world: Awaited<ReturnType<typeof newWorld>>) =>
  (await world.mails()).map(({ kind, to }) => ({ kind, to }));

describe("asking for a new password", () => {
  test("leaves a job that holds neither number nor mailbox, the same for everybody", async () => {
    const { world, owner, ctx } = await someone();
    const nobody = { identity: fixtureIdentity(9_000), officialEmail: "tiada.siapa@contoh.example.gov.my" };
    for (const { identity, officialEmail } of [owner, nobody]) await requestReset(ctx, identity, officialEmail);
    const { rows } = await world.db.$client.query<{ data: Record<string, unknown> }>(
      "select data from pgboss.job where name = 'reset-requests'",
    );
    expect(rows).toHaveLength(2);
    expect(rows.map(({ data }) => Object.keys(data))).toEqual(rows.map(() => Object.keys(rows[0]?.data ?? {})));
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${owner.identity.number}|${owner.officialEmail}|tiada`));
    expect(await world.mails()).toEqual([]);
  });

  test.each(["activated", "locked"] as const)("mails a link to the owner of an account that is %s", async (status) => {
    const { world, owner, ctx } = await someone({ status });
    await askForReset(ctx, owner);
    expect(await sentTo(world)).toEqual([{ kind: "password_reset", to: owner.officialEmail }]);
    expect(await world.events("password_reset.issued")).toMatchObject([{ accountId: owner.id }]);
  });

  test("goes to the official mailbox alone, whatever else is verified", async () => {
    const { world, owner, ctx } = await someone({ personalEmail: "peribadi@mail.example.com" });
    await world.db.update(account).set({ personalEmailVerifiedAt: world.now() }).where(eq(account.id, owner.id));
    await askForReset(ctx, owner);
    await askForReset(ctx, { ...owner, officialEmail: "peribadi@mail.example.com" });
    expect(await sentTo(world)).toEqual([{ kind: "password_reset", to: owner.officialEmail }]);
  });

  test("takes the mailbox in capitals too", async () => {
    const { world, owner, ctx } = await someone();
    await askForReset(ctx, { ...owner, officialEmail: owner.officialEmail.toUpperCase() });
    expect(await world.mails()).toHaveLength(1);
  });

  const others: [string, (owner: WorldAccount) => Pick<WorldAccount, "identity" | "officialEmail">][] = [
    ["another mailbox", (owner) => ({ ...owner, officialEmail: "lain@contoh.example.gov.my" })],
    ["a mailbox that looks alike", (owner) => ({ ...owner, officialEmail: owner.officialEmail.replace("o", "0") })],
    ["another number", (owner) => ({ ...owner, identity: fixtureIdentity(8_000) })],
  ];
  test.each(others)("with %s mails nothing, and is in the trail", async (_, claimed) => {
    const { world, owner, ctx } = await someone();
    await askForReset(ctx, claimed(owner));
    expect(await world.mails()).toEqual([]);
    expect(await world.events("password_reset.refused")).toMatchObject([{ data: { reason: "no_match" } }]);
  });

  test("with the mailbox of one account and the number of another mails neither", async () => {
    const { world, owner, ctx } = await someone();
    const other = await world.account({ password: true });
    await askForReset(ctx, { identity: owner.identity, officialEmail: other.officialEmail });
    expect(await world.mails()).toEqual([]);
  });

  test("tells the owner of a suspended account that it is not possible, and mails no link", async () => {
    const { world, owner, ctx } = await someone({ status: "suspended" });
    await Promise.all(range(5).map(() => askForReset(ctx, owner)));
    expect(await sentTo(world)).toEqual([{ kind: "recovery_not_possible", to: owner.officialEmail }]);
    expect(await world.db.select().from(passwordReset)).toEqual([]);
  });

  test.each(["pre_registered", "registered", "email_verified"] as const)(
    "mails the activation link where the account is %s",
    async (status) => {
      const { world, owner, ctx } = await someone({ status });
      await askForReset(ctx, owner);
      expect(await sentTo(world)).toEqual([{ kind: "activation", to: owner.officialEmail }]);
      expect(await world.events("password_reset.refused")).toMatchObject([{ data: { reason: "not_activated" } }]);
    },
  );

  test("mails nothing for a closed account", async () => {
    const { world, owner, ctx } = await someone({ status: "closed" });
    await askForReset(ctx, owner);
    expect(await world.mails()).toEqual([]);
  });

  test("mails nothing to a mailbox that nobody has proven", async () => {
    const { world, owner, ctx } = await someone();
    await world.db.update(account).set({ officialEmailVerifiedAt: null }).where(eq(account.id, owner.id));
    await askForReset(ctx, owner);
    expect(await world.mails()).toEqual([]);
    expect(await world.events("password_reset.refused")).toMatchObject([{ data: { reason: "mailbox_unverified" } }]);
  });
});

describe("the ceiling of letters", () => {
  test("of five hundred requests from two hundred addresses within the hour five are mailed", async () => {
    const { world, owner } = await someone();
    for (const round of range(10)) {
      await Promise.all(
        range(50).map((n) => askForReset(world.asBrowser({ ip: `203.0.113.${(round * 50 + n) % 200}` }), owner)),
      );
      world.moveClock(minutes(2));
    }
    expect(await world.mails()).toHaveLength(5);
    world.moveClock(minutes(60));
    await askForReset(world.ctx, owner);
    expect(await world.mails()).toHaveLength(6);
  });

  test("of many at once one is mailed", async () => {
    const { world, owner, ctx } = await someone();
    await Promise.all(range(20).map(() => askForReset(ctx, owner)));
    expect(await world.mails()).toHaveLength(1);
  });

  test("leaves the owner's own browser an allowance of its own, and none to one that only registered", async () => {
    const { world, owner, ctx } = await someone();
    const [own, registered] = ["own", "registered"].map((deviceToken) => world.asBrowser({ deviceToken }));
    await world.db.transaction(async (tx) => {
      await rememberBrowser(tx, own as typeof ctx, owner.id, "signed_in");
      await rememberBrowser(tx, registered as typeof ctx, owner.id, "registered");
    });
    for (const _ of range(6)) {
      await askForReset(ctx, owner);
      world.moveClock(minutes(2));
    }
    await askForReset(registered as typeof ctx, owner);
    expect(await world.mails()).toHaveLength(5);
    await askForReset(own as typeof ctx, owner);
    expect(await world.mails()).toHaveLength(6);
  });
});

describe("the letter", () => {
  test("carries the link and the code, and the database neither", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForReset(ctx, owner);
    const [mail] = await deliver();
    const { token, code } = await newestReset(ctx, owner);
    expect(mail?.text).toContain(`${ctx.origin}/recover/${token}`);
    expect(mail?.text).toContain(groupedCode(code));
    const kept = JSON.stringify([await world.db.select().from(passwordReset), await world.mails()]);
    expect(kept).not.toMatch(new RegExp(`${token}|${code}`));
    expect(mail?.text).not.toContain(owner.identity.number);
  });

  test("says that a new password unlocks the account where it is locked", async () => {
    const { owner, ctx, deliver } = await someone({ status: "locked" });
    await askForReset(ctx, owner);
    expect((await deliver())[0]?.text).toContain("Akaun anda dikunci");
  });

  test("starts the half an hour when it is handed over", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForReset(ctx, owner);
    world.moveClock(minutes(90));
    await deliver();
    const { token } = await newestReset(ctx, owner);
    world.moveClock(seconds(30 * 60 - 1));
    expect((await viewReset(ctx, token)).ok).toBe(true);
    world.moveClock(seconds(1));
    expect(await viewReset(ctx, token)).toEqual({ ok: false, error: "expired" });
    expect(await world.events("password_reset.handed_over")).toHaveLength(1);
  });

  test("that came first works until the next one is handed over, and then no more", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForReset(ctx, owner);
    await deliver();
    const first = await newestReset(ctx, owner);
    world.moveClock(minutes(2));
    await askForReset(ctx, owner);
    expect((await viewReset(ctx, first.token)).ok).toBe(true);
    await deliver();
    expect(await viewReset(ctx, first.token)).toEqual({ ok: false, error: "expired" });
    expect((await viewReset(ctx, (await newestReset(ctx, owner)).token)).ok).toBe(true);
  });

  test("is not sent once a newer one is owed, the account is suspended, or its mailbox is another", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForReset(ctx, owner);
    world.moveClock(minutes(2));
    await askForReset(ctx, owner);
    expect(await deliver()).toHaveLength(1);
    for (const changed of [{ status: "suspended" as const }, { officialEmail: "baharu@contoh.example.gov.my" }]) {
      world.moveClock(minutes(2));
      await askForReset(ctx, owner);
      await world.db.update(account).set(changed).where(eq(account.id, owner.id));
      expect(await deliver()).toHaveLength(1);
      await world.db
        .update(account)
        .set({ status: "activated", officialEmail: owner.officialEmail })
        .where(eq(account.id, owner.id));
    }
  });

  test("that was handed over while its reset was ended opens nothing", async () => {
    const { world, owner, ctx } = await someone();
    await askForReset(ctx, owner);
    const end = async () => {
      await world.db.transaction((tx) => endResets(tx, owner.id, world.now()));
      return { ok: true as const };
    };
    const { transport, offered } = scriptedTransport(end);
    await drainMail(world.asSystem(), transport);
    expect(offered).toHaveLength(1);
    const { token } = await newestReset(ctx, owner);
    expect(await viewReset(ctx, token)).toEqual({ ok: false, error: "expired" });
  });

  test("is given up after a day", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForReset(ctx, owner);
    world.moveClock(days(1));
    expect(await deliver()).toEqual([]);
    expect(await world.events("letter.moot")).toHaveLength(1);
  });
});
