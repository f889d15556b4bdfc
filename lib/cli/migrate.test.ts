import { afterEach, expect, test, vi } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { migrate } from "./migrate.ts";

afterEach(() => vi.unstubAllEnvs());

test("who migrates as the application is told whose address it takes", async () => {
  const { appUrl } = await newWorld();
  vi.stubEnv("KUNCI_MODE", "demo");
  vi.stubEnv("DATABASE_URL", appUrl);
  await expect(migrate.run(new Set(), { values: new Map(), operands: [] })).rejects.toThrow("set DATABASE_OWNER_URL");
});
