/** Looks until it holds; answers after how many seconds. Throws where it does not within `most` seconds. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, most = 120): Promise<number> {
  const from = performance.now();
  for (;;) {
    if (await holds()) return (performance.now() - from) / 1_000;
    if (performance.now() - from > most * 1_000) throw new Error(`Not within ${most} s: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

export const rounded = (n: number): number => Math.round(n * 10) / 10;
