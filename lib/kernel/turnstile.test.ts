import { describe, expect, test } from "vitest";
import { seconds } from "./time.ts";
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

  test("tells how many run, wait and were sent away", async () => {
    const inTurn = turnstile({ atOnce: 1, waiting: 1 });
    const open = Promise.withResolvers<void>();
    const answers = [1, 2, 3].map(() => inTurn(() => open.promise));
    expect(inTurn.state()).toEqual({ running: 1, waiting: 1, refused: 1 });
    open.resolve();
    await Promise.all(answers);
    expect(inTurn.state()).toEqual({ running: 0, waiting: 0, refused: 1 });
  });

  /** A turnstile of one place with two seconds of patience, a clock, and work that takes as long as is said. */
  function withPatience() {
    let at = 0;
    const inTurn = turnstile({ atOnce: 1, waiting: 100, patience: seconds(2), now: () => at });
    const work: (() => void)[] = [];
    const come = () => inTurn(() => new Promise<string>((done) => work.push(() => done("served"))));
    /** The work under way ends after so many milliseconds. */
    const finish = async (after: number) => {
      at += after;
      work.shift()?.();
      await new Promise((done) => setImmediate(done));
    };
    return { come, finish, state: inTurn.state };
  }
  const busy = { ok: false, error: "busy" };
  const served = { ok: true, value: "served" };

  test("tells at once whoever would wait longer than it is worth, by how long the work takes of late", async () => {
    const { come, finish, state } = withPatience();
    for (let n = 0; n < 60; n++) {
      const one = come();
      await finish(500);
      await one;
    }
    // One at work and, at half a second each, three who wait less than two seconds in all: the fourth would not.
    const all = [1, 2, 3, 4, 5, 6].map(come);
    await new Promise((done) => setImmediate(done));
    expect(state()).toEqual({ running: 1, waiting: 4, refused: 1 });
    for (const _ of all) await finish(400);
    expect(await Promise.all(all)).toEqual([served, served, served, served, served, busy]);
  });

  test("does nothing for whoever has waited longer all the same, and goes on with the next", async () => {
    const { come, finish, state } = withPatience();
    const all = [come(), come(), come()];
    await finish(2_001);
    expect(state()).toEqual({ running: 0, waiting: 0, refused: 2 });
    expect(await Promise.all(all)).toEqual([served, busy, busy]);
    const after = come();
    await finish(10);
    expect(await after).toEqual(served);
  });

  test("lets in whoever finds a place, however long the work has taken", async () => {
    const { come, finish } = withPatience();
    const slow = come();
    await finish(60_000);
    await slow;
    const next = come();
    await finish(10);
    expect(await next).toEqual(served);
  });
});
