import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { type Colour, colours, palette, stylesheetOf } from "./colours.ts";

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The tokens of the portal in one look, as the stylesheet has them. */
function tokensOf(look: "light" | "dark"): Record<string, string> {
  const css = fs.readFileSync("app/styles/tokens.css", "utf8");
  const [light = "", dark = ""] = css.split("@variant dark");
  const found = (look === "light" ? light : dark).matchAll(/--k-([\w-]+): (#[\da-f]{6});/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

const text = [
  ["ink", "primary-soft"],
  ["ink-muted", "primary-soft"],
  ["primary-ink", "surface"],
  ["primary-ink", "canvas"],
  ["primary-ink", "sunken"],
  ["primary-ink", "primary-soft"],
  ["on-primary", "primary"],
  ["on-primary", "primary-hover"],
  ["on-primary", "primary-active"],
  ["on-hero", "hero"],
  ["on-hero-muted", "hero"],
  ["hero-gold", "hero"],
] as const;
const parts = [
  ["primary", "surface"],
  ["primary", "canvas"],
  ["focus", "surface"],
  ["focus", "canvas"],
  ["focus", "hero"],
  ["bar", "surface"],
] as const;

describe.each(colours)("the colour %s", (colour: Colour) => {
  test.each(["light", "dark"] as const)("can be read everywhere it is used, %s", (look) => {
    const tokens = { ...tokensOf(look), ...palette[colour][look] } as Record<string, string>;
    const of = ([one, other]: readonly [string, string]) => contrast(tokens[one] ?? "", tokens[other] ?? "");
    for (const pair of text) expect(of(pair), pair.join(" on ")).toBeGreaterThanOrEqual(4.5);
    for (const pair of parts) expect(of(pair), pair.join(" on ")).toBeGreaterThanOrEqual(3);
  });
});

test("the portal's own colour is that of its stylesheet", () => {
  for (const look of ["light", "dark"] as const) expect(tokensOf(look)).toMatchObject(palette.nila[look]);
});

test("a stylesheet counts for more than the portal's own, in both looks and on a chosen one", () => {
  const css = stylesheetOf("firus");
  expect(css).toContain(`html:root{--k-primary:${palette.firus.light.primary};`);
  expect(css).toContain(`html:root:not([data-theme="light"]){--k-primary:${palette.firus.dark.primary};`);
  expect(css).toContain(`html:root[data-theme="dark"]{--k-primary:${palette.firus.dark.primary};`);
});

test("the swatches people choose by are of the very colours", () => {
  const css = fs.readFileSync("app/styles/administration.css", "utf8");
  for (const colour of colours)
    expect(css).toContain(`.swatch.${colour} {\n    background: ${palette[colour].light.primary};`);
});
