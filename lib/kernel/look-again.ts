import type { Duration } from "./time.ts";

/** Looks again and again, one look at a time, until it is stopped; nobody is kept from ending by it. What fails is said and tried again. */
export function lookAgainEvery(
  wait: Duration,
  look: () => Promise<void>,
  failed: (fault: unknown) => void,
): { stop: () => void } {
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(failed)
      .finally(() => {
        looking = false;
      });
  }, wait).unref();
  return { stop: () => clearInterval(timer) };
}
