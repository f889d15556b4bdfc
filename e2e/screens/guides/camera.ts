import fs from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { type GuideName, guideNames, type Step } from "#app/(public)/guide/guides.ts";
import { PICTURE, pictureOf } from "#app/(public)/guide/pictures.ts";
import type { Language } from "#lib/kernel/context.ts";
import { shrinkPng } from "./shrink-png.ts";

export const FOLDER = "public/guide";
/** What the marked buttons and links were called when their pictures were taken, by file: a test compares. */
export const NAMES = "e2e/screens/guides/pictured.json";

type How = {
  /** What the words call the target: what a reader of the screen hears, unless said here; null where they do not name it. */
  named?: string | null;
  /** How far down the picture the middle of the target is, 0 to 1. */
  at?: number;
  /** Makes the page smaller, for what is taller than a picture. */
  zoom?: number;
};

/** Takes the picture of one step: the strip of the page around the target, which gets a ring and the step's number. */
export type Take = (guide: GuideName, step: Step, target: Locator, how?: How) => Promise<void>;

export class Camera {
  /** Pages are looked at as wide as the picture, so that the whole width of a page is in it. */
  static readonly width = PICTURE.width;
  readonly #names: Record<string, string | null> = {};

  of(page: Page, language: Language): Take {
    return async (guide, step, target, { named, at = 0.62, zoom = 1 } = {}) => {
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate((by) => {
        document.body.style.zoom = String(by);
      }, zoom);
      await target.scrollIntoViewIfNeeded();
      // What was typed stays without the ring of focus: one thing is marked, not two.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const lines = await page.evaluate(linesOfText);
      const name = named === undefined ? await nameOf(target) : named;
      const ring = await target.evaluate(mark, step);
      const wanted = (ring.top + ring.bottom) / 2 - PICTURE.height * at;
      // The whole ring is in it where it can be, and nothing below the end of the page.
      const least = Math.max(0, Math.min(ring.bottom - PICTURE.height, ring.top));
      const most = Math.max(least, Math.min(ring.top, height - PICTURE.height));
      const y = fewestCut(lines, { wanted, least, most });
      const file = pictureOf(guide, step, language);
      const clip = { x: 0, y, ...PICTURE };
      const taken = await page.screenshot({ clip, fullPage: true, animations: "disabled" });
      fs.mkdirSync(FOLDER, { recursive: true });
      fs.writeFileSync(`public${file}`, shrinkPng(taken));
      await page.evaluate(() => {
        for (const painted of document.querySelectorAll("[data-mark]")) painted.remove();
      });
      this.#names[file] = name;
      process.stderr.write(`${file}\n`);
    };
  }

  writeDown(): void {
    const order = Object.entries(this.#names).sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b));
    fs.writeFileSync(NAMES, `${JSON.stringify(Object.fromEntries(order), null, 2)}\n`);
  }
}

/** The name of a button or link as assistive technology has it. */
async function nameOf(target: Locator): Promise<string> {
  const name = /^- \w+ "(.+?)"/.exec(await target.ariaSnapshot())?.[1];
  if (!name) throw new Error("What is marked has no name");
  return name;
}

const place = (file: string): number => guideNames.findIndex((name) => file.startsWith(`/guide/${name}-`));

/** Where lines of words and fields begin and end, in pixels down the page. Runs in the page. */
function linesOfText(): [number, number][] {
  const lines: [number, number][] = [];
  const take = (box: DOMRect) => {
    if (box.height > 0 && box.width > 1) lines.push([box.top + window.scrollY, box.bottom + window.scrollY]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) take(box);
  }
  for (const control of document.querySelectorAll("input, select, button, .btn, img"))
    take(control.getBoundingClientRect());
  return lines;
}

/** How far from the wanted place a picture may begin, so that its edges cut through as few lines as can be. */
const GIVE = 28;

function fewestCut(
  lines: readonly [number, number][],
  { wanted, least, most }: { wanted: number; least: number; most: number },
): number {
  const cutAt = (y: number) => lines.filter(([top, bottom]) => top + 2 < y && y < bottom - 2).length;
  let best = { y: Math.round(least), cost: Number.POSITIVE_INFINITY };
  for (let by = -GIVE; by <= GIVE; by++) {
    const y = Math.round(Math.max(least, Math.min(wanted + by, most)));
    const cost = 10 * (cutAt(y) + cutAt(y + PICTURE.height)) + Math.abs(by) / GIVE;
    if (cost < best.cost) best = { y, cost };
  }
  return best.y;
}

/** Paints a ring around the target and the step's number beside it. Answers from where to where all of it reaches. Runs in the page. */
function mark(target: Element, step: string): { top: number; bottom: number } {
  const box = target.getBoundingClientRect();
  const gap = 5;
  const paint = (style: Partial<CSSStyleDeclaration>, words = "") => {
    const painted = document.documentElement.appendChild(document.createElement("div"));
    painted.dataset.mark = "";
    painted.textContent = words;
    Object.assign(painted.style, { position: "absolute", boxSizing: "border-box", zIndex: "99", ...style });
  };
  const top = box.top + window.scrollY;
  paint({
    left: `${box.left - gap}px`,
    top: `${top - gap}px`,
    width: `${box.width + 2 * gap}px`,
    height: `${box.height + 2 * gap}px`,
    border: "4px solid #E5AF33",
    borderRadius: "13px",
  });
  const size = 36;
  paint(
    {
      left: `${Math.min(box.right - size / 2 + gap, window.innerWidth - size - 2)}px`,
      top: `${top + box.height - size / 2 + gap}px`,
      width: `${size}px`,
      height: `${size}px`,
      border: "3px solid #FFFFFF",
      borderRadius: "50%",
      background: "#E5AF33",
      color: "#161D29",
      font: "700 18px/30px Poppins, Inter, sans-serif",
      textAlign: "center",
      boxShadow: "0 1px 4px rgb(0 0 0 / .3)",
    },
    step,
  );
  return { top: top - gap - 4, bottom: top + box.height + size / 2 + gap + 4 };
}
