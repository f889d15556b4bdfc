import { defineConfig, devices } from "@playwright/test";
import { chromiumFlags, findChromium, installChromium } from "./e2e/harness/chromium.ts";
import type { JourneyOptions } from "./e2e/harness/fixtures.ts";

const desktop = { viewport: { width: 1280, height: 800 } };
const { defaultBrowserType: _, ...pixel } = devices["Pixel 7"];
const phone = { ...pixel, viewport: { width: 390, height: 844 } };

export default defineConfig<JourneyOptions>({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  testIgnore: "production.spec.ts",
  globalSetup: "./e2e/harness/shared-portal.ts",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "test-results/journeys",
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    locale: "ms-MY",
    timezoneId: "Asia/Kuala_Lumpur",
    // Kept by hand (`--trace on`): recording every journey takes a fifth of the time of all.
    trace: "off",
    launchOptions: { executablePath: findChromium() ?? installChromium(), args: chromiumFlags },
  },
  // Everything once, on a desktop in Bahasa Malaysia; what is tagged @phone on a phone in English too; @everywhere on
  // each kind of screen in each language: getting in for the first time, and getting back in.
  projects: [
    { name: "desktop-ms", use: { ...desktop, language: "ms" } },
    { name: "phone-ms", use: { ...phone, language: "ms" }, grep: /@everywhere/ },
    { name: "desktop-en", use: { ...desktop, language: "en" }, grep: /@everywhere/ },
    { name: "phone-en", use: { ...phone, language: "en" }, grep: /@everywhere|@phone/ },
  ],
});
