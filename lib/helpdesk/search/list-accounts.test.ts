import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { passkey, totpCredential } from "#db/schema/second-factors.ts";
import { days, before as earlier, after as later, minutes } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import type { AccountWanted } from "#lib/testing/add-account.ts";
import { altered } from "#lib/testing/altered.ts";
import { newWorld, type SignedIn } from "#lib/testing/new-world.ts";
import { type Filters, unfiltered } from "./filters.ts";
import { ACCOUNTS_PAGE, listAccounts } from "./list-accounts.ts";

async function list(ctx: SignedIn, narrowed: Partial<Filters> = {}, at: string | null = null) {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) throw new Error("Nobody with a role");
  return listAccounts(ctx, officer, { filters: { ...unfiltered, ...narrowed }, at });
}

async function page(...asked: Parameters<typeof list>) {
  const listed = await list(...asked);
  if (!listed.ok) throw new Error(listed.error);
  return listed.value;
}

const names = async (...asked: Parameters<typeof list>) =>
  (await page(...asked)).accounts.map(({ fullName }) => fullName);

/** An SA of the world's office, and people of these names. `Zz` sorts the officer out of the way. */
async function peopled(people: readonly (string | AccountWanted)[]) {
  const world = await newWorld();
  const { ctx } = await world.officer("sa", { fullName: "Zz Pegawai", officialEmail: "zz@contoh.example.gov.my" });
  for (const person of people) await world.account(typeof person === "string" ? { fullName: person } : person);
  return { world, ctx };
}

describe("a search by words", () => {
  test("finds all of them anywhere in a name, whatever stands between the names", async () => {
    const { ctx } = await peopled(["Kumar A/L Contoh", "Siti Nurhaliza binti Ujian", "Nurul Contoh"]);
    expect(await names(ctx, { words: "kumar contoh" })).toEqual(["Kumar A/L Contoh"]);
    expect(await names(ctx, { words: "haliza bt ujian" })).toEqual(["Siti Nurhaliza binti Ujian"]);
    expect(await names(ctx, { words: "NÚR contoh" })).toEqual(["Nurul Contoh"]);
    expect(await names(ctx, { words: "nurul ujian" })).toEqual([]);
  });

  test("finds a mailbox by parts of it, and by where it is", async () => {
    const { ctx } = await peopled([
      { fullName: "Aisyah Contoh", officialEmail: "aisyah.c@contoh.example.gov.my" },
      { fullName: "Aisyah Ujian", officialEmail: "aisyah.u@ujian.example.gov.my" },
    ]);
    expect(await names(ctx, { words: "aisyah.c" })).toEqual(["Aisyah Contoh"]);
    expect(await names(ctx, { words: "Aisyah@UJIAN" })).toEqual(["Aisyah Ujian"]);
    expect(await names(ctx, { words: "example" }), "every mailbox has that").toEqual([]);
  });

  test("takes no sign for a pattern", async () => {
    const { ctx } = await peopled(["Aisyah Contoh"]);
    expect(await names(ctx, { words: "a%h" }), "two words, not a pattern").toEqual([]);
    expect(await names(ctx, { words: "zz_pegawai" })).toEqual(["Zz Pegawai"]);
  });

  test("has first those whose name begins with what was typed, then the others, page by page both ways", async () => {
    const begins = Array.from(
      { length: ACCOUNTS_PAGE + 5 },
      (_, n) => `Mei Contoh ${"abcdefghij"[Math.floor(n / 10)]}${"abcdefghij"[n % 10]}`,
    );
    const others = Array.from(
      { length: ACCOUNTS_PAGE },
      (_, n) => `Aa${"abcdefghij"[Math.floor(n / 10)]}${"abcdefghij"[n % 10]} Mei`,
    );
    const { ctx } = await peopled([...others, ...begins]);
    const first = await page(ctx, { words: "mei" });
    const second = await page(ctx, { words: "mei" }, first.after);
    const third = await page(ctx, { words: "mei" }, second.after);
    const shown = [first, second, third].map(({ accounts }) => accounts.map(({ fullName }) => fullName));
    expect(shown.flat()).toEqual([...begins, ...others]);
    expect([first.before, third.after]).toEqual([null, null]);
    const again = await page(ctx, { words: "mei" }, third.before);
    expect(again.accounts.map(({ fullName }) => fullName)).toEqual(shown[1]);
    const firstAgain = await page(ctx, { words: "mei" }, again.before);
    expect(firstAgain.accounts.map(({ fullName }) => fullName)).toEqual(shown[0]);
    expect(firstAgain.before).toBeNull();
  });
});

describe("a list is narrowed", () => {
  test("by what an account lacks, and by its trouble", async () => {
    const people = ["None", "App", "Passkey", "Bounced", "Paused", "Idle", "New", "Unlisted", "Unconfirmed"];
    const { world, ctx } = await peopled([
      ...people.map((fullName) => ({ fullName, staffConfirmed: fullName !== "Unconfirmed" })),
      { fullName: "Locked", status: "locked", staffConfirmed: true },
      { fullName: "Closed", status: "closed", staffConfirmed: false },
    ]);
    const rows = await world.db.select().from(account);
    const of = (name: string) => rows.find(({ fullName }) => fullName === name) ?? raise(name);
    const { now } = world;
    const long = earlier(now(), days(91));
    await world.db.update(account).set({ listedAt: now(), lastSignInAt: now(), activatedAt: long });
    await world.db
      .update(account)
      .set({ lastSignInAt: long })
      .where(eq(account.id, of("Idle").id));
    await world.db
      .update(account)
      .set({ lastSignInAt: null, activatedAt: now() })
      .where(eq(account.id, of("New").id));
    await world.db
      .update(account)
      .set({ delistedAt: now() })
      .where(eq(account.id, of("Unlisted").id));
    await world.db
      .update(account)
      .set({ listedAt: null })
      .where(eq(account.id, of("Closed").id));
    await world.db.insert(totpCredential).values({
      ...{ accountId: of("App").id, id: randomUUID(), secretSealed: "", lastStep: 0, setAt: now() },
    });
    await world.db.insert(passkey).values({
      ...{ id: randomUUID(), accountId: of("Passkey").id, credentialId: "c", publicKey: "k", counter: 0 },
      ...{ aaguid: randomUUID(), transports: [], backupEligible: false, backedUp: false, name: "n" },
      ...{ createdAt: now(), createdFrom: "" },
    });
    for (const name of ["Bounced", "Closed"])
      await world.db.insert(undeliverableMailbox).values({
        ...{ mailbox: of(name).officialEmail.toUpperCase(), why: "mailbox_full", isFinal: false, since: now() },
      });
    for (const [name, pausedUntil] of [
      ["Paused", later(now(), minutes(1))],
      ["Idle", now()],
    ] as const)
      await world.db.insert(passwordThrottle).values({
        ...{ identityIndex: of(name).identityIndex, browser: "unknown", failures: 5, pausedUntil },
        ...{ allowed: false, lastTriedAt: now() },
      });

    expect(await names(ctx, { factor: "app" })).toEqual(["App", "Zz Pegawai"]);
    expect(await names(ctx, { factor: "passkey" })).toEqual(["Passkey"]);
    expect(await names(ctx, { factor: "none" })).not.toContain("App");
    expect(await names(ctx, { factor: "none", words: "none" })).toEqual(["None"]);
    expect(await names(ctx, { trouble: "bounced" })).toEqual(["Bounced"]);
    expect(await names(ctx, { trouble: "paused" })).toEqual(["Paused"]);
    expect(await names(ctx, { trouble: "idle" })).toEqual(["Idle"]);
    expect(await names(ctx, { trouble: "locked" })).toEqual(["Locked"]);
    expect(await names(ctx, { trouble: "unlisted" })).toEqual(["Unlisted"]);
    expect(await names(ctx, { trouble: "unconfirmed" })).toEqual(["Unconfirmed", "Zz Pegawai"]);
    expect(await names(ctx, { status: "locked" })).toEqual(["Locked"]);
    expect(await names(ctx, { status: "activated", factor: "none", words: "idle" })).toEqual(["Idle"]);
    const [bounced] = (await page(ctx, { trouble: "bounced" })).accounts;
    expect(bounced).toMatchObject({ bounced: "mailbox_full", paused: false, hasApp: false });
  });

  test("and ordered by creation or by the last sign-in, nobody's signing in being the longest ago", async () => {
    const { world, ctx } = await peopled(
      [1, 2, 3].map((n) => ({ fullName: `Contoh ${"abc"[n - 1]}`, createdAt: new Date(Date.UTC(2026, 0, n)) })),
    );
    const { now } = world;
    await world.db.update(account).set({ lastSignInAt: now() }).where(eq(account.fullName, "Contoh a"));
    await world.db
      .update(account)
      .set({ lastSignInAt: earlier(now(), days(1)) })
      .where(eq(account.fullName, "Contoh c"));
    const sorted = (sort: Filters["sort"]) => names(ctx, { sort, words: "contoh" });
    expect(await sorted("oldest")).toEqual(["Contoh a", "Contoh b", "Contoh c"]);
    expect(await sorted("newest")).toEqual(["Contoh c", "Contoh b", "Contoh a"]);
    expect(await sorted("idlest")).toEqual(["Contoh b", "Contoh c", "Contoh a"]);
    expect(await sorted("latest")).toEqual(["Contoh a", "Contoh c", "Contoh b"]);
  });

  test("and read on in each order, whatever arrives meanwhile, with each account once", async () => {
    const { world, ctx } = await peopled(Array.from({ length: ACCOUNTS_PAGE + 3 }, () => "Contoh"));
    for (const [n, sort] of (["name", "newest", "oldest"] as const).entries()) {
      const first = await page(ctx, { sort });
      await world.account({ fullName: "Aa", createdAt: later(world.now(), days(n + 1)) });
      const second = await page(ctx, { sort }, first.after);
      const back = await page(ctx, { sort }, second.before);
      const ids = (of: typeof first) => of.accounts.map(({ id }) => id);
      expect(new Set([...ids(first), ...ids(second)]).size, sort).toBe(ids(first).length + ids(second).length);
      expect(ids(back), sort).toEqual(ids(first));
    }
  });
});

describe("an officer sees", () => {
  test("no account of another office, whatever is asked", async () => {
    const { world, ctx } = await peopled(["Aisyah Contoh"]);
    const { id: other } = await world.anotherOffice();
    await world.account({ fullName: "Jiran Contoh", officeId: other });
    expect(await names(ctx, { words: "contoh" })).toEqual(["Aisyah Contoh"]);
    expect(await names(ctx)).toEqual(["Aisyah Contoh", "Zz Pegawai"]);
    const { ctx: administrator } = await world.officer("administrator");
    expect(await names(administrator, { words: "contoh" })).toContain("Jiran Contoh");
    expect(await names(administrator, { officeId: other })).toEqual(["Jiran Contoh"]);
  });

  test("nothing by another office's filter, nor by a place of another list; both are recorded", async () => {
    const { world, ctx } = await peopled(Array.from({ length: ACCOUNTS_PAGE + 1 }, () => "Contoh"));
    const { id: other } = await world.anotherOffice();
    const { ctx: neighbours } = await world.officer("sa", { officeId: other });
    const { ctx: administrator } = await world.officer("administrator");
    const place = (await page(administrator)).after as string;
    const own = (await page(ctx)).after as string;
    const refused = { ok: false, error: "not_found" };
    expect(await list(ctx, { officeId: other })).toEqual(refused);
    expect(await list(ctx, {}, place), "the agency's").toEqual(refused);
    expect(await list(neighbours, {}, own), "another office's").toEqual(refused);
    expect(await list(ctx, { sort: "newest" }, own), "another order's").toEqual(refused);
    expect(await list(ctx, {}, altered(own)), "altered").toEqual(refused);
    expect(await list(ctx, {}, "x")).toEqual(refused);
    expect(await world.events("access.refused")).toHaveLength(6);
    expect((await list(ctx, {}, own)).ok).toBe(true);
    await world.db.update(roleGrant).set({ officeId: other }).where(eq(roleGrant.accountId, ctx.actor.accountId));
    expect(await list(ctx, {}, own), "of the office they had before").toEqual(refused);
  });

  test("an identity number under its mask alone, and a place that tells no name", async () => {
    const { world, ctx } = await peopled(Array.from({ length: ACCOUNTS_PAGE + 1 }, () => "Aisyah Contoh"));
    const first = await page(ctx);
    const told = JSON.stringify(first);
    const [someone] = await world.db.select().from(account).where(eq(account.fullName, "Aisyah Contoh"));
    expect(first.accounts[0]?.identity).toMatch(/^\d{6}-••-••••$/);
    // The last part of an id may be all digits, too.
    expect(told).not.toMatch(/(?<!-)\b\d{12}\b/);
    expect(told).not.toContain(someone?.identityIndex ?? "");
    expect(Buffer.from(first.after ?? "", "base64url").toString()).not.toContain("aisyah");
  });
});

const raise = (name: string): never => {
  throw new Error(`There is no ${name}`);
};
