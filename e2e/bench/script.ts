import { gzipSync } from "node:zlib";
import { type Browser, chromium } from "@playwright/test";
import { chromiumFlags, findChromium, installChromium } from "../harness/chromium.ts";
import { startPortal } from "../harness/portal.ts";
import { startBareApp } from "./bare-app.ts";
import { compare } from "./report.ts";

/** Bytes of script, gzipped, that a browser fetches for a page until nothing more comes; the same for the bare app. */
export async function measureScript(): Promise<void> {
  const [portal, bare] = [await startPortal(), await startBareApp()];
  const browser = await chromium.launch({ executablePath: findChromium() ?? installChromium(), args: chromiumFlags });
  try {
    const reference = await scriptOf(browser, `${bare.origin}/`);
    for (const page of ["/", "/register", "/activate", "/sign-in"]) {
      const ours = await scriptOf(browser, portal.origin + page);
      compare("script", page, ours, reference, "bytes gzipped", { added: ours - reference });
    }
  } finally {
    await browser.close();
    await Promise.all([portal.stop(), bare.stop()]);
  }
}

async function scriptOf(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  const scripts = new Map<string, Promise<Buffer>>();
  context.on("response", (response) => {
    const isScript =
      response.request().resourceType() === "script" || /javascript/.test(response.headers()["content-type"] ?? "");
    if (isScript) scripts.set(response.url(), response.body());
  });
  const page = await context.newPage();
  const answer = await page.goto(url, { waitUntil: "networkidle" });
  if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}`);
  const bodies = await Promise.all(scripts.values());
  await context.close();
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}
