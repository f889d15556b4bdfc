/** How the portal looks: as the device has it, or as its reader chose in this browser. */
export const appearances = ["device", "light", "dark"] as const;
export type Appearance = (typeof appearances)[number];

/** Holds the choice for a year; without it the device decides. */
export const APPEARANCE_COOKIE = "kunci-appearance";

export const isAppearance = (value: unknown): value is Appearance =>
  (appearances as readonly unknown[]).includes(value);

/** What a cookie says; anything unknown leaves it to the device. */
export const appearanceIn = (cookie: string | undefined): Appearance => (isAppearance(cookie) ? cookie : "device");
