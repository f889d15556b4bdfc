import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,components,db,emails,lib,e2e}/**/*.test.{ts,tsx}"],
    environment: "node",
    globalSetup: "lib/testing/template-database.ts",
    setupFiles: "lib/testing/around-each-test.ts",
    // Their own imports name files without extensions, which Node alone refuses.
    server: { deps: { inline: [/drizzle-orm/, /next-auth/, /@auth\/core/] } },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A fact that is waited for: a second is not enough where others keep the machine busy.
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    env: { NODE_ENV: "test", TZ: "UTC" },
  },
});
