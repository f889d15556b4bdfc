/** unique_violation, deadlock_detected, serialization_failure. */
const CONTENDED = new Set(["23505", "40P01", "40001"]);

const isContended = (fault: unknown): boolean =>
  CONTENDED.has(String((fault as { cause?: { code?: string } }).cause?.code));

const ROUNDS = 3;

/**
 * Runs a transaction, and once more where another wanted the same at the same moment and was faster: the next look finds what
 * it did. `work` answers null where what it met was gone again before it could be held. After three rounds the fault stands.
 */
export async function whenContended<T>(work: () => Promise<T | null>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      const done = await work();
      if (done !== null) return done;
      if (round === ROUNDS) throw new Error(`Nothing could be held in ${ROUNDS} rounds`);
    } catch (fault) {
      if (!isContended(fault) || round === ROUNDS) throw fault;
    }
  }
}
