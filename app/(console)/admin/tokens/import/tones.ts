import type { Tone } from "#components/ui/tone.ts";

/** How a file's state looks. */
export const importTones = { ready: "warn", applied: "ok", discarded: undefined } as const satisfies Record<
  "ready" | "applied" | "discarded",
  Tone | undefined
>;
