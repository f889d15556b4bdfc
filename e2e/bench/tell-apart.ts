import { median } from "./report.ts";

/**
 * How well two sets of answer times can be told apart: the gap of their medians (ms, never negative), and the area under the
 * curve of the best classifier by threshold (Mann-Whitney): 0.5 is chance, 1 is certainty.
 */
export function tellApart(known: readonly number[], unknown: readonly number[]): { gap: number; auc: number } {
  const all = [
    ...known.map((time) => ({ time, known: true })),
    ...unknown.map((time) => ({ time, known: false })),
  ].sort((a, b) => a.time - b.time);
  let rankSum = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.time === all[from]?.time) to++;
    // Ties share the mean of their ranks.
    const rank = (from + 1 + to) / 2;
    for (const { known: isKnown } of all.slice(from, to)) if (isKnown) rankSum += rank;
    from = to;
  }
  const auc = (rankSum - (known.length * (known.length + 1)) / 2) / (known.length * unknown.length);
  return { gap: Math.abs(median(known) - median(unknown)), auc: Math.max(auc, 1 - auc) };
}
