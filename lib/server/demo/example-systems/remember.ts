import type { Duration } from "#lib/kernel/time.ts";

/** What the examples keep, in the memory of this process: a restart forgets it. */
export type Memory<T> = {
  put: (id: string, value: T) => void;
  get: (id: string | undefined) => T | undefined;
  /** What was kept under this id, which is gone from now on. */
  take: (id: string | undefined) => T | undefined;
  all: () => Iterable<T>;
};

/** Keeps each for `lifetime`, and the newest `most` of them. */
export function remember<T>(lifetime: Duration, most: number): Memory<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const get = (id: string | undefined): T | undefined => {
    const found = id === undefined ? undefined : kept.get(id);
    return found && found.until > Date.now() ? found.value : undefined;
  };
  return {
    put: (id, value) => {
      kept.set(id, { value, until: Date.now() + lifetime });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    get,
    take: (id) => {
      const value = get(id);
      if (id !== undefined) kept.delete(id);
      return value;
    },
    all: () => [...kept.values()].map(({ value }) => value),
  };
}
