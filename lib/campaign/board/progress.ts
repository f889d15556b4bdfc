/** How many people of some part of a campaign stand where. Whoever left it is in none. */
export type Progress = { notBegun: number; underWay: number; done: number };

export const everybody = ({ notBegun, underWay, done }: Progress): number => notBegun + underWay + done;

/** Whole percent that are done; 100 only where really everybody is, null where there is nobody. */
export function percentDone(progress: Progress): number | null {
  const all = everybody(progress);
  return all === 0 ? null : Math.floor((100 * progress.done) / all);
}
