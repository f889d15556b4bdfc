import type { Page } from "@playwright/test";

const widths = [1280, 390] as const;
const schemes = ["light", "dark"] as const;

/** The page as it stands, whole, in every width and scheme. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${name}.${width}.${colorScheme}.png`, fullPage: true, animations: "disabled" });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  process.stderr.write(`${name}\n`);
}
