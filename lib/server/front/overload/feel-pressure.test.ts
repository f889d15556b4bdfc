import { expect, test } from "vitest";
import type { Pressure } from "./admit-requests.ts";
import { feelPressure, memoryInUse } from "./feel-pressure.ts";

const MB = 1024 * 1024;

test("memory is as full as the fuller of heap and container", () => {
  expect(memoryInUse({ heap: 64 * MB, heapLimit: 256 * MB, resident: 400 * MB })).toBe(0.25);
  expect(memoryInUse({ heap: 64 * MB, heapLimit: 256 * MB, resident: 400 * MB, limit: 500 * MB })).toBe(0.8);
  expect(memoryInUse({ heap: 250 * MB, heapLimit: 250 * MB, resident: 400 * MB, limit: 500 * MB })).toBe(1);
});

test("a process that was kept from its work says how long, and no longer once it goes on", async () => {
  // Begun at 0; the first look comes at 500, of the 100 it was due at, and the next on time.
  const clock = [0, 500, 600];
  const felt: Pressure[] = [];
  const heard = Promise.withResolvers<void>();
  const stop = feelPressure(
    (pressure) => {
      felt.push(pressure);
      if (felt.length === 2) heard.resolve();
    },
    () => clock.shift() ?? 600,
  );
  await heard.promise;
  stop();
  expect(felt.slice(0, 2).map(({ lag }) => lag)).toEqual([400, 0]);
  for (const { memory } of felt) expect(memory).toSatisfy((share: number) => share > 0 && share <= 1);
});
