import { niceTop } from "./nice-top.ts";
import { type Fill, Legend } from "./patterns.tsx";

export type Series = { name: string; fill: Fill; values: readonly number[] };

type ColumnChartProps = {
  /** All of it in words, for who does not see it: the table beneath has the figures. */
  label: string;
  /** Below each column, short; read on the axis where there is room. */
  columns: readonly string[];
  /** On top of each other, the first at the bottom. */
  series: readonly Series[];
  /** As the reader's language writes numbers. */
  numbers: (value: number) => string;
};

/** Of the drawing, in pixels: above it and below it there is room for words, on its left for figures. */
const HEIGHT = 240;
const PLOT = { top: 16, bottom: 200 } as const;
const LINES = [0, 0.5, 1] as const;
/** Percent of its place that a column fills. */
const WIDE = 0.66;

/**
 * Columns over time. Everything along the width is in percent and everything along the height in pixels, so that words keep
 * their size and patterns their shape on any screen.
 */
export function ColumnChart({ label, columns, series, numbers }: ColumnChartProps) {
  const totals = columns.map((_, n) => series.reduce((sum, { values }) => sum + (values[n] ?? 0), 0));
  const top = niceTop(Math.max(0, ...totals));
  const y = (value: number) => PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top);
  const place = 100 / Math.max(1, columns.length);
  const labelled = Math.max(1, Math.ceil(columns.length / 4));
  return (
    <figure className="chart">
      {series.length > 1 && <Legend of={series} />}
      <div className="plot">
        <ul className="axis" aria-hidden>
          {LINES.map((line) => (
            <li key={line}>{numbers(top * line)}</li>
          ))}
        </ul>
        <svg width="100%" height={HEIGHT} role="img" aria-label={label}>
          {LINES.map((line) => (
            <line key={line} className="grid" x1="0" x2="100%" y1={y(top * line)} y2={y(top * line)} />
          ))}
          {columns.map((column, n) => {
            let under = 0;
            return (
              <g key={column}>
                {series.map(({ name, fill, values }) => {
                  const value = values[n] ?? 0;
                  const from = under;
                  under += value;
                  return (
                    value > 0 && (
                      <rect
                        key={name}
                        className="mark"
                        x={`${(n + (1 - WIDE) / 2) * place}%`}
                        width={`${WIDE * place}%`}
                        y={y(under)}
                        height={y(from) - y(under)}
                        fill={`url(#${fill})`}
                      >
                        <title>{`${column} · ${name}: ${numbers(value)}`}</title>
                      </rect>
                    )
                  );
                })}
                {(columns.length - 1 - n) % labelled === 0 && (
                  <text x={`${(n + 0.5) * place}%`} y={PLOT.bottom + 26} textAnchor="middle">
                    {column}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
    </figure>
  );
}
