import type { IconName } from "./icon.tsx";

/** What a coloured part says. Each tone has a picture of its own, since colour is never the only sign. */
export type Tone = "info" | "ok" | "warn" | "bad" | "gold";

export const iconOf = {
  info: "info",
  ok: "tick-circle",
  warn: "warn",
  bad: "warn",
  gold: "flag",
} as const satisfies Record<Tone, IconName>;
