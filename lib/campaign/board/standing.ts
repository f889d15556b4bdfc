import type { BoardState } from "./board-filters.ts";
import type { BoardOffice, BoardPhase } from "./find-board.ts";
import { type HeldUpBy, type Hindrance, hindranceOf } from "./hindrances.ts";
import { everybody, type Progress, percentDone } from "./progress.ts";

/** So many people of an office, in a phase, stand alike. */
export type FigureRow = {
  phaseId: string | null;
  officeId: string;
  state: BoardState;
  heldUpBy: HeldUpBy | null;
  people: number;
};

export type Held = { hindrance: Hindrance; people: number };
/** `hindrance`: what holds up most of its people, where it lags behind. */
export type OfficeStanding = { office: BoardOffice; progress: Progress; hindrance: Held | null };
export type PhaseStanding = { phase: BoardPhase | null; progress: Progress };

/** Percent below which an office lags behind, so that what holds it up is named beside it. */
const BEHIND = 75;

export function progressOf(rows: readonly FigureRow[]): Progress {
  const of = (state: BoardState) => rows.reduce((sum, row) => sum + (row.state === state ? row.people : 0), 0);
  return { notBegun: of("not_begun"), underWay: of("under_way"), done: of("done") };
}

/** What holds people up first, and how many; most of them first. */
export function hindrancesOf(rows: readonly FigureRow[]): Held[] {
  const people = new Map<Hindrance, number>();
  for (const { heldUpBy, people: more } of rows) {
    if (heldUpBy === null) continue;
    const hindrance = hindranceOf(heldUpBy);
    people.set(hindrance, (people.get(hindrance) ?? 0) + more);
  }
  return [...people]
    .map(([hindrance, count]) => ({ hindrance, people: count }))
    .sort((one, other) => other.people - one.people);
}

/**
 * Every office that has people, in the order given. Narrowed to a state, those alone that have people in it, most of them
 * first.
 */
export function byOffice(
  rows: readonly FigureRow[],
  offices: readonly BoardOffice[],
  state: BoardState | null,
): OfficeStanding[] {
  const parts = Map.groupBy(rows, ({ officeId }) => officeId);
  const standings = offices.flatMap((office): OfficeStanding[] => {
    const part = parts.get(office.id) ?? [];
    const progress = progressOf(part);
    if (everybody(progress) === 0 || (state !== null && inState(progress, state) === 0)) return [];
    const lags = (percentDone(progress) ?? 0) < BEHIND;
    return [{ office, progress, hindrance: lags ? (hindrancesOf(part)[0] ?? null) : null }];
  });
  if (state === null) return standings;
  return standings.toSorted((one, other) => inState(other.progress, state) - inState(one.progress, state));
}

const inState = ({ notBegun, underWay, done }: Progress, state: BoardState): number =>
  ({ not_begun: notBegun, under_way: underWay, done })[state];

/** Every phase, and those whose office is in none where there are any (phase null). */
export function byPhase(rows: readonly FigureRow[], phases: readonly BoardPhase[]): PhaseStanding[] {
  const parts = Map.groupBy(rows, ({ phaseId }) => phaseId);
  const standings: PhaseStanding[] = phases.map((phase) => ({
    phase,
    progress: progressOf(parts.get(phase.id) ?? []),
  }));
  const outside = parts.get(null);
  return outside ? [...standings, { phase: null, progress: progressOf(outside) }] : standings;
}
