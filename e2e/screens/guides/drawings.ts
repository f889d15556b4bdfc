import type { Locator } from "@playwright/test";
import { renderSVG } from "uqr";
import { PICTURE } from "#app/(public)/guide/pictures.ts";
import type { Chapter } from "./chapter.ts";

/**
 * What a device shows by itself cannot be cut from a page of ours, and looks different on each: it is drawn, in the
 * portal's own letters and colours. Each answers what is to be marked.
 */
const STYLE = `
  body { display: block; min-height: 0; background: var(--k-sunken); }
  .stage { display: flex; align-items: center; justify-content: center; gap: 28px; height: ${PICTURE.height}px; }
  .stage .sheet { display: grid; justify-items: center; gap: 4px; padding: 14px 30px; text-align: center;
    background: var(--k-surface); border: 1px solid var(--k-line-strong); border-radius: 14px; }
  .stage .sheet b { font: 600 18px/1.3 var(--k-font-heading); }
  .stage .sheet span { color: var(--k-ink-muted); font-size: 16px; }
  .stage .big { width: 56px; height: 56px; color: var(--k-primary-ink); margin-bottom: 26px; }
  .stage .phone { border-width: 3px; border-radius: 24px; padding: 22px 18px; min-width: 210px; }
  .stage .qr { width: 120px; height: 120px; margin-bottom: 22px; }
  .stage .qr svg { display: block; width: 100%; height: 100%; }
  .stage .sheet .pill { display: inline-block; margin-top: 8px; padding: 6px 20px; border-radius: 8px; font-weight: 600;
    background: var(--k-primary); color: var(--k-on-primary); }
`;

const icon = (name: string) => `<svg class="icon big" aria-hidden="true"><use href="/icons.svg#i-${name}"/></svg>`;

async function draw({ page }: Chapter, inside: string, marked: string): Promise<Locator> {
  await page.setViewportSize(PICTURE);
  await page.goto("/guide");
  await page.addStyleTag({ content: STYLE });
  await page.evaluate((html) => {
    document.body.innerHTML = html;
  }, `<div class="stage">${inside}</div>`);
  return page.locator(marked);
}

/** A device that wants a fingerprint, a face or a PIN. */
export const drawConfirm = (chapter: Chapter, device: "laptop" | "mobile"): Promise<Locator> => {
  const { drawn } = chapter.words.guide;
  const look = device === "mobile" ? "sheet phone" : "sheet";
  return draw(
    chapter,
    `<div class="${look}">${icon("fingerprint")}<b>${drawn.confirm}</b><span>${drawn.confirmHow}</span></div>`,
    ".stage .big",
  );
};

/** A computer that shows a QR code, and the phone that reads it. */
export const drawComputer = (chapter: Chapter): Promise<Locator> => {
  const { drawn } = chapter.words.guide;
  const qr = renderSVG("https://kunci.contoh.example.gov.my", { border: 1 });
  return draw(
    chapter,
    `<div class="sheet"><div class="qr">${qr}</div><b>${drawn.scan}</b></div>${icon("next")}${icon("mobile")}`,
    ".stage .qr",
  );
};

/** The shop for apps on a phone, at an authenticator app. */
export const drawShop = (chapter: Chapter): Promise<Locator> => {
  const { drawn } = chapter.words.guide;
  return draw(
    chapter,
    `<div class="sheet phone">${icon("otp-app")}<b>${drawn.app}</b><span class="pill">${drawn.install}</span></div>`,
    ".stage .pill",
  );
};
