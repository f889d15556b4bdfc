import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { roleGrant } from "#db/schema/roles.ts";
import { session } from "#db/schema/session.ts";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { changeSettings } from "./change-settings.ts";
import { lastChanges, readInForce, readPage } from "./read-settings.ts";
import type { Settings } from "./settings.ts";

const configured = {
  policy: { passwordPolicy: "jpa", twoFactors: "owner", consoleAssurance: "aal2", registration: "open" },
  domains: { emailDomains: ["contoh.example.gov.my"] },
} as const satisfies Partial<Settings>;

let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
});

const changePolicy = (wanted: Partial<Settings["policy"]>, version = 0, ctx = administrator.ctx) =>
  changeSettings(ctx, "policy", wanted, configured.policy, version);
const changed = { ok: true, value: { changed: true } };
const refused = (error: string) => ({ ok: false, error });

describe("a setting", () => {
  test("is kept over the configuration, and recorded with what it was", async () => {
    expect(await changePolicy({ passwordPolicy: "nist", registration: "closed" })).toEqual(changed);
    expect((await readInForce(world.ctx)).chosen.policy).toEqual({ passwordPolicy: "nist", registration: "closed" });
    expect((await world.events("setting.changed")).map(({ data, actorId }) => ({ data, actorId }))).toEqual([
      {
        data: { setting: "policy.passwordPolicy", subject: null, before: "jpa", after: "nist" },
        actorId: administrator.account.id,
      },
      {
        data: { setting: "policy.registration", subject: null, before: "open", after: "closed" },
        actorId: administrator.account.id,
      },
    ]);
  });

  test("follows the configuration again once it says the same", async () => {
    await changePolicy({ passwordPolicy: "nist", twoFactors: "always" });
    await changePolicy({ passwordPolicy: "jpa" }, 1);
    expect((await readInForce(world.ctx)).chosen.policy).toEqual({ twoFactors: "always" });
  });

  test("that is so already changes nothing and is not told of", async () => {
    expect(await changePolicy({ passwordPolicy: "jpa" })).toEqual({ ok: true, value: { changed: false } });
    expect(await world.events("setting.changed")).toEqual([]);
    expect((await readPage(world.ctx, "policy")).changed).toEqual({ version: 0, at: null, by: null });
  });

  test("says who changed it last, and makes another edition", async () => {
    const { edition } = await readInForce(world.ctx);
    await changeSettings(administrator.ctx, "domains", { emailDomains: ["*.gov.my"] }, configured.domains, 0);
    expect(await lastChanges(world.ctx)).toEqual({
      domains: { version: 1, at: world.now(), by: administrator.account.fullName },
    });
    expect((await readInForce(world.ctx)).edition).toBeGreaterThan(edition);
  });
});

describe("of two administrators who change the same page", () => {
  test("the second is told, and nothing of theirs is kept", async () => {
    await changePolicy({ passwordPolicy: "nist" });
    expect(await changePolicy({ registration: "closed" }, 0)).toEqual(refused("changed_meanwhile"));
    expect((await readInForce(world.ctx)).chosen.policy).toEqual({ passwordPolicy: "nist" });
    expect(await changePolicy({ registration: "closed" }, 1)).toEqual(changed);
  });

  test("at once, one succeeds, however many there are", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        changePolicy({ passwordPolicy: n % 2 ? "nist" : "jpa", registration: "closed" }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("setting.changed")).not.toHaveLength(0);
    expect((await readPage(world.ctx, "policy")).changed.version).toBe(1);
  });

  test("different pages do not stand in each other's way", async () => {
    const outcomes = await Promise.all([
      changePolicy({ passwordPolicy: "nist" }),
      changeSettings(administrator.ctx, "domains", { emailDomains: ["*.gov.my"] }, configured.domains, 0),
    ]);
    expect(outcomes).toEqual([changed, changed]);
  });
});

describe("nobody changes a setting", () => {
  test.each(["helpdesk", "sa", "ap", "auditor"] as const)("as %s, and the try is recorded", async (role) => {
    const { ctx } = await world.officer(role);
    expect(await changePolicy({ passwordPolicy: "nist" }, 0, ctx)).toEqual(refused("not_found"));
    expect((await readInForce(world.ctx)).chosen.policy).toEqual({});
    expect(await world.events("access.refused")).toMatchObject([{ data: { right: "admin.change" } }]);
  });

  test("whose role ended while the page was open", async () => {
    await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, administrator.grantId));
    expect(await changePolicy({ passwordPolicy: "nist" })).toEqual(refused("not_found"));
  });

  test("on proofs older than ten minutes, or signed out", async () => {
    world.moveClock(minutes(11));
    expect(await changePolicy({ passwordPolicy: "nist" })).toEqual(refused("step_up"));
    expect(await changePolicy({ passwordPolicy: "nist" }, 0, world.ctx as typeof administrator.ctx)).toEqual(
      refused("signed_out"),
    );
    expect((await readInForce(world.ctx)).chosen.policy).toEqual({});
  });
});

describe("what consoles ask for", () => {
  const phr = { ...configured.policy, consoleAssurance: "aal2-phr" } as const;

  test("never falls below what the configuration says", async () => {
    expect(await changeSettings(administrator.ctx, "policy", { consoleAssurance: "aal2" }, phr, 0)).toEqual({
      ok: false,
      error: "below_configuration",
    });
  });

  test("is raised by whoever has just shown that they reach it, so that they do not shut themselves out", async () => {
    expect(await changePolicy({ consoleAssurance: "aal2-phr" })).toEqual(refused("level_not_held"));
    const proofs = [{ factor: "passkey_verified", at: world.now().toISOString() }];
    await world.db.update(session).set({ proofs }).where(eq(session.id, administrator.ctx.actor.sessionId));
    expect(await changePolicy({ consoleAssurance: "aal2-phr" })).toEqual(changed);
    expect(await changePolicy({ consoleAssurance: "aal2" }, 1)).toEqual(changed);
  });
});
