import { ok, type Result, refuse } from "./result.ts";

/** So many at once, so many more waiting in line; whoever comes after that is told `busy` at once, instead of all waiting longer. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<Result<T, "busy">>;

export function turnstile({ atOnce, waiting }: { atOnce: number; waiting: number }): Turnstile {
  let running = 0;
  const line: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (line.length >= waiting) return refuse("busy");
      // The place of the one that finished is handed on, so `running` stays as it is.
      await new Promise<void>((enter) => line.push(enter));
    } else {
      running += 1;
    }
    try {
      return ok(await work());
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
