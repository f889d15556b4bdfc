import type { ReactNode } from "react";
import type { Fill } from "./patterns.tsx";

export type BarRow = {
  name: string;
  value: number;
  /** "812 orang, 63%": what stands at the end of the row. */
  figures: string;
  note?: ReactNode;
};

type BarRowsProps = { rows: readonly BarRow[]; of: number; fill?: Fill };

const HEIGHT = 18;

/** A bar a row, each as long as its part of `of`; the name above it and the figures beside that, in words. */
export function BarRows({ rows, of, fill = "f1" }: BarRowsProps) {
  return (
    <ul className="bar-rows">
      {rows.map(({ name, value, figures, note }) => (
        <li key={name}>
          <p className="row">
            <span className="name">{name}</span>
            <span className="figures">{figures}</span>
          </p>
          <svg width="100%" height={HEIGHT} aria-hidden focusable="false">
            <rect className="track" width="100%" height={HEIGHT} rx="4" />
            {value > 0 && (
              <rect
                className="mark"
                width={`${Math.min(100, (100 * value) / Math.max(1, of))}%`}
                height={HEIGHT}
                rx="4"
                fill={`url(#${fill})`}
              />
            )}
          </svg>
          {note && <p className="note">{note}</p>}
        </li>
      ))}
    </ul>
  );
}
