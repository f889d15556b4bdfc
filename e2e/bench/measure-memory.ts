import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const SAMPLED_EVERY_MS = 100;

/** In bytes, once nothing is left that nobody needs: `held` is what the program keeps, `resident` what the system gave it. */
export function afterCollection(): { held: number; resident: number } {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}

/** The most memory this process held meanwhile, in bytes. */
export function highestMemory(): { stop: () => number } {
  let most = process.memoryUsage().rss;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, SAMPLED_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(most, process.memoryUsage().rss);
    },
  };
}
