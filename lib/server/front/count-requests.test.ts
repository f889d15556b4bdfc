import { afterEach, describe, expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { tallyRequests } from "../tally-requests.ts";
import { createRequestCounter, type RequestCounter, type Tally } from "./count-requests.ts";

const limit = { requests: 10, within: minutes(5) };
const counters: RequestCounter[] = [];
afterEach(() => {
  for (const counter of counters.splice(0)) counter.stop();
});

function counting(tally?: Tally, now: () => number = () => minutes(5) * 100, kind = "") {
  const counter = createRequestCounter({ now, tally: () => tally, limit, kind });
  counters.push(counter);
  const times = (n: number, address = "203.0.113.9") => Array.from({ length: n }, () => counter.count(address));
  return { counter, times };
}

describe("requests of one client in five minutes", () => {
  test("pass up to the limit, and are then told how long to wait", () => {
    const { times } = counting(undefined, () => minutes(5) * 100 + 60_000);
    expect(times(10)).toEqual(Array(10).fill(null));
    expect(times(2)).toEqual([240, 240]);
    expect(times(1, "203.0.113.10")).toEqual([null]);
  });

  test("are forgotten in the next five", () => {
    let at = minutes(5) * 100;
    const { times } = counting(undefined, () => at);
    times(11);
    at += minutes(5);
    expect(times(1)).toEqual([null]);
  });

  test("are counted over all instances, through the database", async () => {
    const world = await newWorld();
    const [one, other] = [counting(tallyRequests(world.db)), counting(tallyRequests(world.db))];
    one.times(6);
    other.times(4);
    await one.counter.flush();
    await other.counter.flush();
    expect(other.times(1)).toEqual([300]);
    one.times(1);
    await one.counter.flush();
    expect(one.times(1)).toEqual([300]);
  });

  test("of another kind are counted apart, in the database too", async () => {
    const tally = tallyRequests((await newWorld()).db);
    const [browsers, systems] = [counting(tally), counting(tally, undefined, "systems ")];
    browsers.times(9);
    systems.times(9);
    await browsers.counter.flush();
    await systems.counter.flush();
    expect([browsers.times(1), systems.times(1)]).toEqual([[null], [null]]);
  });

  test("go on being counted where the database does not answer", async () => {
    const { counter, times } = counting(() => Promise.reject(new Error("gone")));
    times(10);
    await counter.flush();
    expect(times(1)).toEqual([300]);
  });
});
