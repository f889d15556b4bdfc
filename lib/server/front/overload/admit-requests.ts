import { type Duration, seconds } from "#lib/kernel/time.ts";

/**
 * How much it costs its person to be put off, the dearest first. When there is too much, what stands last goes first: a
 * page that looks again by itself does so once more anyway, a journey that has not begun has lost nothing, a page is
 * opened again by a click; what was filled in would have to be typed again, and a passkey's is the cheapest sign-in there is.
 */
export const urgencies = ["passkey", "finish", "page", "begin", "by_itself"] as const;
export type Urgency = (typeof urgencies)[number];

/** Requests at work at once: Node works on one at a time, and the others wait for the database or for a hash. */
const MOST = 64;
/** However bad it looks, this much is let through: a process that is behind with less is kept from its work by others. */
const LEAST = 16;
/** The part of the places that each may fill, so that the more urgent ones always find some. */
const SHARE = { passkey: 1, finish: 0.8, page: 0.6, begin: 0.4, by_itself: 0.2 } as const satisfies Record<
  Urgency,
  number
>;
/**
 * Beyond this a wait has no worth. Ten seconds is what keeps somebody at it (Nielsen, Response Times: The 3 Important
 * Limits), where something would be lost by going; where nothing would, a page that says so is kinder.
 */
const PATIENCE = {
  passkey: seconds(10),
  finish: seconds(10),
  page: seconds(5),
  begin: seconds(2),
  by_itself: seconds(0),
} as const satisfies Record<Urgency, Duration>;

/**
 * Places at once that one address may claim for passkeys; beyond them it stands where other pages do. What a request is, it
 * says itself, and a crowd of one that says so would be called before everybody, for as long as it goes on. Eight serve
 * hundreds of sign-ins a second, an office's and more.
 */
const CLAIMED_BY_ONE = 8;

/** Every request waits at least as long as the process is behind, several times on its way. */
const LATE = seconds(0.25);
/** Of the memory there is. V8 collects ever more often beyond it. */
const FULL = 0.9;
/** Fewer at once by a fifth while it is too much, two more at each look that is not: as TCP finds its rate (RFC 5681). */
const LESS = 0.8;
const MORE = 2;

/** How it goes: milliseconds that the process is behind its clock, and the part of its memory that is in use (0 to 1). */
export type Pressure = { lag: number; memory: number };

export type Admission = {
  /**
   * Waits for a place, if that is worth it. Answers how to give it back, once; null where the request is put off. `from`:
   * the client's address.
   */
  enter: (urgency: Urgency, from: string) => Promise<(() => void) | null>;
  /** To be told several times a second: adapts how many are at work at once, and ends waits that lasted too long. */
  feel: (pressure: Pressure) => void;
  figures: () => AdmissionFigures;
};
/** `putOff` counts since the start. */
export type AdmissionFigures = {
  atWork: number;
  places: number;
  waiting: number;
  putOff: Readonly<Record<Urgency, number>>;
};

type Waiting = { until: number; go: (place: (() => void) | null) => void };

/** Lets in as many requests at once as the process does well with, the urgent ones first, and puts off the rest early. */
export function createAdmission({ now }: { now: () => number }): Admission {
  let places = MOST;
  let atWork = 0;
  const line = Object.fromEntries(urgencies.map((each) => [each, [] as Waiting[]])) as Record<Urgency, Waiting[]>;
  const putOff = Object.fromEntries(urgencies.map((each) => [each, 0])) as Record<Urgency, number>;

  const roomFor = (urgency: Urgency, of = places): number => Math.floor(of * SHARE[urgency]);
  const take = (): (() => void) => {
    atWork += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      atWork -= 1;
      callNext();
    };
  };
  const callNext = (): void => {
    for (const urgency of urgencies)
      while (atWork < roomFor(urgency)) {
        const next = line[urgency].shift();
        if (!next) break;
        next.go(take());
      }
  };
  const refuse = (urgency: Urgency): null => {
    putOff[urgency] += 1;
    return null;
  };
  const endWaits = (): void => {
    for (const urgency of urgencies)
      while ((line[urgency][0]?.until ?? Number.POSITIVE_INFINITY) <= now()) line[urgency].shift()?.go(refuse(urgency));
  };

  const enter = (urgency: Urgency): Promise<(() => void) | null> => {
    if (atWork < roomFor(urgency)) return Promise.resolve(take());
    // As many as may be at work on a good day: the last of them waits about as long as one takes.
    if (PATIENCE[urgency] === 0 || line[urgency].length >= roomFor(urgency, MOST))
      return Promise.resolve(refuse(urgency));
    return new Promise((go) => line[urgency].push({ until: now() + PATIENCE[urgency], go }));
  };
  const claimed = new Map<string, number>();
  const enterByPasskey: Admission["enter"] = async (_, from) => {
    claimed.set(from, (claimed.get(from) ?? 0) + 1);
    const end = (): void => {
      const left = (claimed.get(from) ?? 1) - 1;
      if (left > 0) claimed.set(from, left);
      else claimed.delete(from);
    };
    const place = await enter("passkey");
    if (place === null) end();
    let given = false;
    return (
      place &&
      (() => {
        if (given) return;
        given = true;
        end();
        place();
      })
    );
  };

  return {
    enter: (urgency, from) => {
      if (urgency !== "passkey") return enter(urgency);
      return (claimed.get(from) ?? 0) < CLAIMED_BY_ONE ? enterByPasskey(urgency, from) : enter("page");
    },
    feel: ({ lag, memory }) => {
      // With less at work it is not the requests that keep the process from its clock, and fewer would not help.
      const isTooMuch = atWork > LEAST / 2 && (lag > LATE || memory > FULL);
      places = isTooMuch ? Math.max(LEAST, Math.floor(places * LESS)) : Math.min(MOST, places + MORE);
      endWaits();
      callNext();
    },
    figures: () => ({
      atWork,
      places,
      waiting: urgencies.reduce((sum, each) => sum + line[each].length, 0),
      putOff: { ...putOff },
    }),
  };
}
