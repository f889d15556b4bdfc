/** The colours an agency may choose for its portal; `nila` is the portal's own. */
export const colours = ["nila", "firus", "zamrud", "ungu", "manggis"] as const;
export type Colour = (typeof colours)[number];

export const isColour = (value: unknown): value is Colour => colours.some((colour) => colour === value);

/** The tokens that a colour replaces (app/styles/tokens.css): `--k-primary` and those that go with it. */
export type ColourTokens = Record<
  | "primary"
  | "primary-hover"
  | "primary-active"
  | "primary-soft"
  | "primary-line"
  | "primary-ink"
  | "hero"
  | "on-hero-muted"
  | "bar"
  | "focus",
  `#${string}`
>;

/**
 * Each colour has the luminance of indigo's, token by token, so that every contrast is that of the table in tokens.css; a test
 * computes them all the same. Red is no colour of an agency: it means danger.
 */
export const palette: Readonly<Record<Colour, { light: ColourTokens; dark: ColourTokens }>> = {
  nila: {
    light: {
      primary: "#1e428f",
      "primary-hover": "#193572",
      "primary-active": "#142852",
      "primary-soft": "#f1f5fd",
      "primary-line": "#c5d6f5",
      "primary-ink": "#1e428f",
      hero: "#142852",
      "on-hero-muted": "#c5d6f5",
      bar: "#2c57ae",
      focus: "#4572cb",
    },
    dark: {
      primary: "#3a6bcb",
      "primary-hover": "#3161be",
      "primary-active": "#2a55a9",
      "primary-soft": "#16233b",
      "primary-line": "#2c4570",
      "primary-ink": "#a5c2f3",
      hero: "#101e3d",
      "on-hero-muted": "#bdd0f2",
      bar: "#6c95df",
      focus: "#8fb4f5",
    },
  },
  firus: {
    light: {
      primary: "#014e52",
      "primary-hover": "#013f42",
      "primary-active": "#012f32",
      "primary-soft": "#eef7f7",
      "primary-line": "#b8dbdd",
      "primary-ink": "#014e52",
      hero: "#012f32",
      "on-hero-muted": "#b8dbdd",
      bar: "#03656a",
      focus: "#028287",
    },
    dark: {
      primary: "#067b80",
      "primary-hover": "#007175",
      "primary-active": "#016267",
      "primary-soft": "#042829",
      "primary-line": "#044e51",
      "primary-ink": "#90cbce",
      hero: "#002325",
      "on-hero-muted": "#afd6d8",
      bar: "#38a3a9",
      focus: "#6dc0c5",
    },
  },
  zamrud: {
    light: {
      primary: "#035039",
      "primary-hover": "#00412c",
      "primary-active": "#003020",
      "primary-soft": "#eff6f3",
      "primary-line": "#bedcce",
      "primary-ink": "#035039",
      hero: "#003020",
      "on-hero-muted": "#bedcce",
      bar: "#01684a",
      focus: "#078460",
    },
    dark: {
      primary: "#007e5b",
      "primary-hover": "#057453",
      "primary-active": "#006548",
      "primary-soft": "#0d281d",
      "primary-line": "#1b4e3a",
      "primary-ink": "#9accb5",
      hero: "#002417",
      "on-hero-muted": "#b5d7c7",
      bar: "#53a483",
      focus: "#7dc1a3",
    },
  },
  ungu: {
    light: {
      primary: "#573487",
      "primary-hover": "#45296b",
      "primary-active": "#32204e",
      "primary-soft": "#f6f4fc",
      "primary-line": "#dbd0f2",
      "primary-ink": "#573487",
      hero: "#32204e",
      "on-hero-muted": "#dbd0f2",
      bar: "#6d46a5",
      focus: "#8761c2",
    },
    dark: {
      primary: "#8359c1",
      "primary-hover": "#794fb4",
      "primary-active": "#6a45a0",
      "primary-soft": "#281f39",
      "primary-line": "#4e3d6c",
      "primary-ink": "#cab8ee",
      hero: "#26193a",
      "on-hero-muted": "#d5c9ee",
      bar: "#a486d7",
      focus: "#c0a7ee",
    },
  },
  manggis: {
    light: {
      primary: "#78265a",
      "primary-hover": "#602048",
      "primary-active": "#451a35",
      "primary-soft": "#fbf2f7",
      "primary-line": "#edccde",
      "primary-ink": "#78265a",
      hero: "#451a35",
      "on-hero-muted": "#edccde",
      bar: "#943872",
      focus: "#b2548d",
    },
    dark: {
      primary: "#af4988",
      "primary-hover": "#a3407d",
      "primary-active": "#90376f",
      "primary-soft": "#351b2a",
      "primary-line": "#643651",
      "primary-ink": "#e7b2cf",
      hero: "#341327",
      "on-hero-muted": "#eac5d8",
      bar: "#cb7ca9",
      focus: "#e59ec5",
    },
  },
};

const rule = (tokens: ColourTokens): string =>
  Object.entries(tokens)
    .map(([token, value]) => `--k-${token}:${value}`)
    .join(";");

/**
 * A colour as a stylesheet, for light and dark as tokens.css has them. `html:root` counts for more than its `:root`, wherever
 * the two stand in a page.
 */
export function stylesheetOf(colour: Colour): string {
  const { light, dark } = palette[colour];
  return [
    `html:root{${rule(light)}}`,
    `@media screen and (prefers-color-scheme:dark){html:root:not([data-theme="light"]){${rule(dark)}}}`,
    `@media screen{html:root[data-theme="dark"]{${rule(dark)}}}`,
  ].join("\n");
}
