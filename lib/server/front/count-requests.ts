import { minutes, seconds } from "#lib/kernel/time.ts";
import { countedAs } from "#lib/throttle/counted-as.ts";

/** An office of hundreds sits behind one address; see the throttling table of the security rules. */
export const REQUEST_LIMIT = { requests: 3_000, within: minutes(5) };
/** What relying parties ask by themselves: one system, or all of an agency, calls from one address for all of its people. */
export const SYSTEMS_LIMIT = { requests: 30_000, within: minutes(5) };
const FLUSHED_EVERY = seconds(1);
/** Addresses remembered within one window. Beyond it an attack holds so many that counting each tells nothing. */
const MOST_CLIENTS = 100_000;

/** Adds this instance's counts of a window to everybody's and answers the sums. */
export type Tally = (window: number, counts: ReadonlyMap<string, number>) => Promise<ReadonlyMap<string, number>>;

export type RequestCounter = {
  /** Counts a request. Answers the seconds until the next window where the client is over the limit, else null. */
  count: (address: string) => number | null;
  /** Shares what was counted since; called by itself every second. */
  flush: () => Promise<void>;
  stop: () => void;
};

/**
 * Counts requests per client and five minutes, over all instances: in memory at once, in the database a second later, so
 * that no request waits for it. `tally` is absent until the application is up, and may fail: then this instance counts alone.
 */
export function createRequestCounter(options: {
  now: () => number;
  tally: () => Tally | undefined;
  limit?: { requests: number; within: number };
  /** What else is counted in the same table has a name of its own. */
  kind?: string;
}): RequestCounter {
  const { requests, within } = options.limit ?? REQUEST_LIMIT;
  const kind = options.kind ?? "";
  let window = 0;
  let fresh = new Map<string, number>();
  let shared = new Map<string, number>();

  const enter = (at: number): void => {
    const current = Math.floor(at / within);
    if (current === window) return;
    window = current;
    fresh = new Map();
    shared = new Map();
  };
  const flush = async (): Promise<void> => {
    const tally = options.tally();
    if (!tally || fresh.size === 0) return;
    const [inWindow, counts] = [window, fresh];
    fresh = new Map();
    // Counted here until the sums are back, or for good where they never come.
    for (const [client, number] of counts) shared.set(client, (shared.get(client) ?? 0) + number);
    const sums = await tally(inWindow, counts).catch(() => undefined);
    if (sums && inWindow === window)
      for (const [client, sum] of sums) shared.set(client, Math.max(sum, shared.get(client) ?? 0));
  };
  const timer = setInterval(() => void flush(), FLUSHED_EVERY).unref();
  return {
    count: (address) => {
      const at = options.now();
      enter(at);
      const client = kind + countedAs(address);
      const before = fresh.get(client) ?? 0;
      if (before === 0 && fresh.size >= MOST_CLIENTS) return null;
      fresh.set(client, before + 1);
      const isOver = before + 1 + (shared.get(client) ?? 0) > requests;
      return isOver ? Math.max(1, Math.ceil(((window + 1) * within - at) / 1_000)) : null;
    },
    flush,
    stop: () => clearInterval(timer),
  };
}
