import { afterEach, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { tcpProxy, through } from "#lib/testing/tcp-proxy.ts";
import { baseContext } from "../request/base-context.ts";
import { lookAtClock, portalNow } from "./follow-clock.ts";

const machine = Date.now;
/** As if this machine's clock were so many milliseconds ahead of the database's, which is the test machine's. */
const setAhead = (by: number) => vi.spyOn(Date, "now").mockImplementation(() => machine() + by);
const offBy = (now: Date) => Math.abs(now.getTime() - machine());
/** By how much the portal's time differs from this machine's, both read in one stopped moment. */
function steppedBy(): number {
  const moment = Date.now();
  vi.spyOn(Date, "now").mockReturnValue(moment);
  return portalNow().getTime() - moment;
}

afterEach(async () => {
  delete (globalThis as { kunciClock?: unknown }).kunciClock;
});

test.each([seconds(90), seconds(-90), minutes(60)])(
  "a machine whose clock is off by %i ms goes by the database's, and so does everything it does",
  async (ahead) => {
    const world = await newWorld();
    setAhead(ahead);
    expect(offBy(portalNow())).toBeGreaterThan(seconds(60));
    expect(await lookAtClock(world.db)).toMatchObject({ stepped: true });
    expect(offBy(portalNow())).toBeLessThan(seconds(2));
    const { now } = baseContext({ db: world.db, keys: world.ctx.keys, config: {} } as Parameters<
      typeof baseContext
    >[0]);
    expect(offBy(now())).toBeLessThan(seconds(2));
    expect(await lookAtClock(world.db), "once").toMatchObject({ stepped: false });

    setAhead(0);
    expect(await lookAtClock(world.db), "and back, when it was put right").toMatchObject({ stepped: true });
    expect(portalNow().getTime() - machine()).toBeLessThan(seconds(1));
  },
);

test("clocks that agree within a second are left alone", async () => {
  const world = await newWorld();
  setAhead(400);
  expect(await lookAtClock(world.db)).toMatchObject({ stepped: false });
  expect(steppedBy()).toBe(0);
});

test("an answer that was long under way moves nothing", async () => {
  const world = await newWorld();
  const wire = await tcpProxy(Number(new URL(world.appUrl).port));
  const db = connect(through(wire, world.appUrl), { max: 1 });
  setAhead(0);
  await lookAtClock(db);
  wire.fallSilent();
  const look = lookAtClock(db);
  // The database answers in the middle of a minute of silence.
  setAhead(minutes(1));
  wire.speakAgain();
  expect(await look).toEqual({ behind: null, stepped: false });
  expect(steppedBy()).toBe(0);
  await db.$client.end();
  await wire.stop();
});
