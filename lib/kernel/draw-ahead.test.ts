import { expect, test } from "vitest";
import { drawAhead } from "./draw-ahead.ts";

test("what is drawn ahead is handed out once, each byte, in the lengths that were asked for", () => {
  let next = 0;
  const asked: number[] = [];
  const random = drawAhead((bytes) => {
    asked.push(bytes);
    return Buffer.from(
      Array.from({ length: bytes / 4 }, () => Buffer.from(Uint32Array.of(next++).buffer)).flatMap((b) => [...b]),
    );
  });
  const lengths = [16, 12, ...Array.from({ length: 1_000 }, () => 12), 8_000];
  const given = lengths.map((length) => random(length));
  expect(given.map(({ length }) => length)).toEqual(lengths);
  const values = given.flatMap((bytes) =>
    Array.from({ length: bytes.length / 4 }, (_, n) => bytes.readUInt32LE(n * 4)),
  );
  expect(new Set(values).size).toBe(values.length);
  expect(asked.length).toBeLessThan(6);
});
