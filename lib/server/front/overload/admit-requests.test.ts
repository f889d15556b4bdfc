import { expect, test } from "vitest";
import { type Admission, createAdmission, type Urgency, urgencies } from "./admit-requests.ts";

const calm = { lag: 0, memory: 0.4 };
const behind = { lag: 400, memory: 0.4 };

function atWork() {
  let now = 0;
  const admission = createAdmission({ now: () => now });
  const pass = (ms: number): void => {
    now += ms;
  };
  return { admission, pass };
}

/** Comes so often; what is neither let in nor put off by the end of this turn waits. */
async function come(admission: Admission, urgency: Urgency, times: number, from?: string) {
  const outcomes: ("waits" | "put off" | (() => void))[] = Array(times).fill("waits");
  for (let at = 0; at < times; at++)
    void admission.enter(urgency, from ?? `192.0.2.${at}`).then((place) => {
      outcomes[at] = place ?? "put off";
    });
  await turn();
  const count = (what: "waits" | "put off") => outcomes.filter((each) => each === what).length;
  return {
    places: () => outcomes.filter((each) => typeof each === "function"),
    waits: () => count("waits"),
    putOff: () => count("put off"),
  };
}
const turn = () => new Promise<void>((done) => setImmediate(done));

/** The places of each urgency when nothing else is at work. */
async function placesFor(urgency: Urgency, { atWorst = false } = {}): Promise<number> {
  const { admission } = atWork();
  if (atWorst) await press(admission);
  return (await come(admission, urgency, 200)).places().length;
}

/** So much at work that the process falls behind, until it is let in no more than it must; then nothing is at work. */
async function press(admission: Admission): Promise<void> {
  const busy = await come(admission, "passkey", 64);
  for (let look = 0; look < 20; look++) admission.feel(behind);
  for (const leave of busy.places()) leave();
}

test("the more urgent always finds places that the less urgent may not take", async () => {
  const places = await Promise.all(urgencies.map((urgency) => placesFor(urgency)));
  expect(places).toEqual([64, 51, 38, 25, 12]);
  const { admission } = atWork();
  for (const urgency of urgencies.toReversed()) {
    const came = await come(admission, urgency, 200);
    expect(came.places().length).toBeGreaterThan(0);
  }
});

test("as many wait as may be at work, and whoever comes after them is put off at once", async () => {
  const { admission } = atWork();
  const came = await come(admission, "begin", 60);
  expect([came.places().length, came.waits(), came.putOff()]).toEqual([25, 25, 10]);
  expect(admission.figures()).toMatchObject({ atWork: 25, waiting: 25, putOff: { begin: 10, page: 0 } });
});

test("what looks again by itself never waits", async () => {
  const { admission } = atWork();
  const came = await come(admission, "by_itself", 13);
  expect([came.places().length, came.waits(), came.putOff()]).toEqual([12, 0, 1]);
});

test("a wait that lasted too long ends, sooner for what is cheap to ask again", async () => {
  const { admission, pass } = atWork();
  await come(admission, "passkey", 64);
  const waiting = {
    begin: await come(admission, "begin", 1),
    page: await come(admission, "page", 1),
    finish: await come(admission, "finish", 1),
  };
  const putOffAfter = async (ms: number) => {
    pass(ms);
    admission.feel(calm);
    await turn();
    return Object.entries(waiting).flatMap(([urgency, came]) => (came.putOff() > 0 ? [urgency] : []));
  };
  expect(await putOffAfter(1_999)).toEqual([]);
  expect(await putOffAfter(1)).toEqual(["begin"]);
  expect(await putOffAfter(3_000)).toEqual(["begin", "page"]);
  expect(await putOffAfter(5_000)).toEqual(["begin", "page", "finish"]);
});

test("a place that is given back goes to the most urgent who waits, and to whoever waited longest among those", async () => {
  const { admission } = atWork();
  const [first] = (await come(admission, "passkey", 64)).places();
  const page = await come(admission, "page", 1);
  const early = await come(admission, "passkey", 1);
  const late = await come(admission, "passkey", 1);
  first?.();
  await turn();
  expect([page.places().length, early.places().length, late.places().length]).toEqual([0, 1, 0]);
});

test("whoever waits is let in to the part of the places that is theirs, and no further", async () => {
  const { admission } = atWork();
  const [first, ...others] = (await come(admission, "passkey", 64)).places();
  const begin = await come(admission, "begin", 1);
  for (const leave of others.slice(0, 38)) leave();
  await turn();
  expect([admission.figures().atWork, begin.waits()]).toEqual([26, 1]);
  others.at(-1)?.();
  await turn();
  expect(begin.waits(), "as many are at work as the less urgent may fill").toBe(1);
  first?.();
  await turn();
  expect(begin.places()).toHaveLength(1);
});

test("a place is given back once, however often it is said", async () => {
  const { admission } = atWork();
  const [first] = (await come(admission, "passkey", 64)).places();
  first?.();
  first?.();
  expect((await come(admission, "passkey", 2)).places()).toHaveLength(1);
});

test.each([
  ["the process is behind its clock", behind],
  ["its memory is nearly full", { lag: 0, memory: 0.95 }],
])("while %s fewer are let in at each look, down to a few", async (_, pressure) => {
  const { admission } = atWork();
  await come(admission, "passkey", 9);
  const places = Array.from({ length: 20 }, () => {
    admission.feel(pressure);
    return admission.figures().places;
  });
  expect(places.slice(0, 3)).toEqual([51, 40, 32]);
  expect(places.at(-1)).toBe(16);
});

test("a process that is behind with hardly anything at work lets in as many as ever: it is kept from it by others", async () => {
  const { admission } = atWork();
  await come(admission, "passkey", 8);
  for (let look = 0; look < 20; look++) admission.feel(behind);
  expect(admission.figures().places).toBe(64);
});

test("at worst each urgency has a place, and a passkey most of them", async () => {
  const places = await Promise.all(urgencies.map((urgency) => placesFor(urgency, { atWorst: true })));
  expect(places).toEqual([16, 12, 9, 6, 3]);
});

test("at worst as many may wait as on a good day", async () => {
  const { admission } = atWork();
  await press(admission);
  expect((await come(admission, "begin", 60)).waits()).toBe(25);
});

test("three seconds after it is over, everybody is let in as before", async () => {
  const { admission } = atWork();
  await press(admission);
  // Ten looks a second.
  for (let look = 0; look < 30; look++) admission.feel(calm);
  expect(admission.figures().places).toBe(64);
});

test("a look that finds more places lets in who waits for them", async () => {
  const { admission } = atWork();
  await press(admission);
  const came = await come(admission, "passkey", 18);
  expect([came.places().length, came.waits()]).toEqual([16, 2]);
  admission.feel(calm);
  await turn();
  expect(came.waits()).toBe(0);
});

test("one address that calls all it asks urgent has a few places before others, and keeps nobody else's passkey waiting", async () => {
  const { admission } = atWork();
  const crowd = await come(admission, "passkey", 500, "198.51.100.7");
  expect(crowd.places().length).toBe(38);
  const others = await come(admission, "passkey", 20);
  expect(others.places().length).toBe(20);
  for (let gone = 0; crowd.places().length > gone; await turn())
    for (const leave of crowd.places().slice(gone)) {
      for (const twice of [leave, leave]) twice();
      gone += 1;
    }
  expect([crowd.waits(), admission.figures().atWork]).toEqual([0, 20]);
  expect((await come(admission, "passkey", 8, "198.51.100.7")).places().length).toBe(8);
});
