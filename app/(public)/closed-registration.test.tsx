import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test, vi } from "vitest";
import { settle } from "#lib/server/config.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import { GoogleNotice } from "./google/google-notice.tsx";
import LandingPage from "./page.tsx";

vi.mock("next-intl/server", () => ({ getLocale: async () => "ms" }));

const memory = globalThis as { kunciConfig?: unknown; kunciConfigured?: unknown };
afterEach(() => {
  delete memory.kunciConfig;
  delete memory.kunciConfigured;
});

const pages = {
  "the first page": LandingPage,
  "what is said of a Google account that opens none": () => GoogleNotice({ code: "googleNotLinked" }),
};

test.each(Object.entries(pages))("%s leads to the registration only while that is open", async (_, page) => {
  const open = readConfig({});
  settle(open);
  expect(renderToStaticMarkup(await page())).toContain('href="/register"');
  settle({ ...open, registration: "closed" });
  expect(renderToStaticMarkup(await page())).not.toContain("/register");
});
