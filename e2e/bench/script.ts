import { gzipSync } from "node:zlib";
import { type BrowserContext, chromium } from "@playwright/test";
import { settingsPages } from "#app/(account)/settings/settings-pages.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { chromiumFlags, findChromium, installChromium } from "../harness/chromium.ts";
import { settlePeople } from "../harness/people.ts";
import { openDatabase, startPortal } from "../harness/portal.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { startBareApp } from "./bare-app.ts";
import { compare } from "./report.ts";

/** What a page may add to the bare app, in bytes. */
const BUDGETS = { public: 15 * 1_024, settings: 25 * 1_024, passkeys: 35 * 1_024 } as const;
/** Far above the numbers that tests and demo people have. */
const OWNER = 19_999;

type Measured = { path: string; budget: number };

const open: readonly Measured[] = ["/", "/register", "/activate", "/activate/done", "/sign-in"].map((path) => ({
  path,
  budget: BUDGETS.public,
}));
const owned: readonly Measured[] = ["/home", ...Object.values(settingsPages).map(({ path }) => path)].map((path) => ({
  path,
  budget: path === settingsPages.passkeys.path ? BUDGETS.passkeys : BUDGETS.settings,
}));

/**
 * Bytes of script, gzipped, that a browser fetches for a page until nothing more comes; the same for the bare app. The
 * pages of an account with its owner signed in; Google is set up, so that its page is among them.
 */
export async function measureScript(): Promise<void> {
  const google = { GOOGLE_CLIENT_ID: "bench", GOOGLE_CLIENT_SECRET: "bench" };
  const [portal, bare] = [await startPortal({ env: google }), await startBareApp()];
  const browser = await chromium.launch({ executablePath: findChromium() ?? installChromium(), args: chromiumFlags });
  const database = await openDatabase(portal.dataDir);
  try {
    const reference = await scriptOf(await browser.newContext(), `${bare.origin}/`);
    const [owner = ""] = await settlePeople(portal.dataDir, [fixturePerson(OWNER)], "activated");
    for (const { path, budget } of [...open, ...owned]) {
      const context = await browser.newContext();
      const { origin } = portal;
      if (owned.some((page) => page.path === path))
        await openSessionOf(owner, ["password"], { context, database, origin });
      const ours = await scriptOf(context, origin + path);
      const added = ours - reference;
      compare("script", path, ours, reference, "bytes gzipped", { added, budget, within: added <= budget });
    }
  } finally {
    await database.end();
    await browser.close();
    await Promise.all([portal.stop(), bare.stop()]);
  }
}

/** Of the page that answers at this very address; the context is closed after it. */
async function scriptOf(context: BrowserContext, url: string): Promise<number> {
  const scripts = new Map<string, Promise<Buffer>>();
  context.on("response", (response) => {
    const isScript =
      response.request().resourceType() === "script" || /javascript/.test(response.headers()["content-type"] ?? "");
    if (isScript) scripts.set(response.url(), response.body());
  });
  const page = await context.newPage();
  const answer = await page.goto(url, { waitUntil: "networkidle" });
  if (answer?.status() !== 200 || answer.url() !== url)
    throw new Error(`${url} answered ${answer?.status()} from ${answer?.url()}`);
  const bodies = await Promise.all(scripts.values());
  await context.close();
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}
