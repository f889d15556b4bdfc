import { sql } from "drizzle-orm";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { keysJson } from "#lib/server/start/keys.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { startPgBouncer, whyNoPgBouncer } from "#lib/testing/pgbouncer.ts";
import { actAsOperator } from "./act-as-operator.ts";

const why = whyNoPgBouncer();

afterEach(() => vi.unstubAllEnvs());

test.skipIf(why !== null)(
  `commands act as the application through a pooler, where no owner's address is known${why ? ` (skipped: ${why})` : ""}`,
  async () => {
    const world = await newWorld();
    const bouncer = await startPgBouncer([world.appUrl], { serverConnections: 2 });
    onTestFinished(bouncer.stop);
    vi.stubEnv("KUNCI_MODE", "demo");
    vi.stubEnv("DATABASE_URL", bouncer.url(world.appUrl));
    vi.stubEnv("KUNCI_KEYS", keysJson(world.ctx.keys));
    const { rows } = await actAsOperator(({ db }) => db.execute(sql`select current_user as role`));
    expect(rows).toEqual([{ role: "kunci_app" }]);
  },
);

test("commands act as the application where the owner's address alone is known", async () => {
  const world = await newWorld();
  vi.stubEnv("KUNCI_MODE", "demo");
  vi.stubEnv("DATABASE_OWNER_URL", world.ownerUrl);
  vi.stubEnv("KUNCI_KEYS", keysJson(world.ctx.keys));
  const { rows } = await actAsOperator(({ db }) => db.execute(sql`select current_user as role`));
  expect(rows).toEqual([{ role: "kunci_app" }]);
});
