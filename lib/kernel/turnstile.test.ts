import { describe, expect, test } from "vitest";
import { turnstile } from "./turnstile.ts";

describe("a turnstile", () => {
  test("never lets more through at once than it has places, and serves the line in order", async () => {
    const inTurn = turnstile({ atOnce: 2, waiting: 10 });
    let running = 0;
    let most = 0;
    const served: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        inTurn(async () => {
          most = Math.max(most, ++running);
          await new Promise((done) => setImmediate(done));
          served.push(i);
          running -= 1;
          return i;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(served).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(answers.every(({ ok }) => ok)).toBe(true);
  });

  test("tells whoever comes when the line is full at once", async () => {
    const inTurn = turnstile({ atOnce: 1, waiting: 1 });
    const answers = await Promise.all([1, 2, 3].map((n) => inTurn(async () => n)));
    expect(answers).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 2 },
      { ok: false, error: "busy" },
    ]);
  });

  test("gives the place on when the work throws", async () => {
    const inTurn = turnstile({ atOnce: 1, waiting: 1 });
    const failing = inTurn(() => Promise.reject(new Error("broken")));
    const next = inTurn(async () => "served");
    await expect(failing).rejects.toThrow("broken");
    expect(await next).toEqual({ ok: true, value: "served" });
  });
});
