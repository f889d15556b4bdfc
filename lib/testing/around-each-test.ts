import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";
import { closeEverything } from "./when-file-ends.ts";

const channels = ["debug", "info", "log", "warn", "error"] as const;
const said: string[] = [];

// Noise hides the one line that matters: a test in which anything speaks to the console fails.
// One that expects it replaces the channel itself (`vi.spyOn(console, "error").mockImplementation(…)`) and asserts on it.
beforeEach(() => {
  said.length = 0;
  for (const channel of channels)
    vi.spyOn(console, channel).mockImplementation((...words) => void said.push(`${channel}: ${words.join(" ")}`));
});

afterEach(() => {
  expect(said, "nothing is said to the console").toEqual([]);
});

afterAll(closeEverything);
