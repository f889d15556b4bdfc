import type { AccountFacts, Tries } from "../account/account-facts.ts";

type Of = { factor?: Tries["factor"]; reasons?: readonly string[] };

/** Tries of one kind since somebody was last let in, together; null where there were none. */
export function triesOf({ tries }: AccountFacts, type: string, { factor, reasons }: Of = {}): Tries | null {
  const meant = tries.filter(
    (each) =>
      each.type === type &&
      (factor === undefined || each.factor === factor) &&
      (reasons === undefined || (each.reason !== null && reasons.includes(each.reason))),
  );
  const [newest] = meant.toSorted((a, b) => b.lastAt.getTime() - a.lastAt.getTime());
  return newest ? { ...newest, times: meant.reduce((sum, { times }) => sum + times, 0) } : null;
}
