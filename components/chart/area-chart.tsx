import { niceTop } from "./nice-top.ts";

type AreaChartProps = {
  /** All of it in words; a table has the figures. */
  label: string;
  /** Oldest first: done, under way, not begun, on top of each other. */
  columns: readonly (readonly [number, number, number])[];
  /** The first and the last column, in words. */
  ends: readonly [string, string];
  /** As the reader's language writes numbers. */
  numbers: (value: number) => string;
};

const CLASSES = ["b1", "b2", "b3"] as const;
const LINES = [0, 0.5, 1] as const;
/** Drawn in a square of so many units, and stretched to where it stands: lines keep their width. */
const SIDE = 1_000;

/** Three areas over time, the first at the bottom. */
export function AreaChart({ label, columns, ends, numbers }: AreaChartProps) {
  const top = niceTop(Math.max(0, ...columns.map((parts) => parts.reduce((sum, part) => sum + part, 0))));
  const x = (n: number) => Math.round((n / Math.max(1, columns.length - 1)) * SIDE);
  const y = (value: number) => Math.round((1 - value / top) * SIDE);
  /** How high the first so many parts of each column reach. */
  const edge = (parts: number) =>
    columns.map((column, n) => `${x(n)} ${y(column.slice(0, parts).reduce((sum, part) => sum + part, 0))}`);
  return (
    <figure className="chart area-chart">
      <div className="plot">
        <ul className="axis" aria-hidden>
          {LINES.map((line) => (
            <li key={line}>{numbers(top * line)}</li>
          ))}
        </ul>
        <svg
          width="100%"
          height="184"
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          {LINES.map((line) => (
            <line
              key={line}
              className="grid"
              x1="0"
              x2={SIDE}
              y1={y(top * line)}
              y2={y(top * line)}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {CLASSES.map((name, n) => (
            <path
              key={name}
              className={name}
              d={`M${edge(n + 1).join("L")}L${edge(n).toReversed().join("L")}Z`}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        <p className="chart-ends" aria-hidden>
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </p>
      </div>
    </figure>
  );
}
