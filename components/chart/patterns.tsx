/**
 * How a series is filled: each its own colour and its own hatching, so that they differ without colour too, and on paper.
 * The classes `f1` to `f5` hold the colours.
 */
export const fills = ["f1", "f2", "f3", "f4", "f5"] as const;
export type Fill = (typeof fills)[number];

/** Drawn once a page, in pixels, so that a wide bar has more of it and none is stretched. */
export function ChartPatterns() {
  return (
    <svg className="patterns" width="0" height="0" aria-hidden focusable="false">
      <defs>
        <pattern id="f1" className="f1" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" />
        </pattern>
        <pattern id="f2" className="f2" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" />
          <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" />
        </pattern>
        <pattern id="f3" className="f3" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" />
          <path d="M0 3 H6" />
        </pattern>
        <pattern id="f4" className="f4" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" />
          <path d="M0 0 L8 8 M8 0 L0 8" />
        </pattern>
        <pattern id="f5" className="f5" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" />
          <circle cx="3" cy="3" r="1.25" />
        </pattern>
      </defs>
    </svg>
  );
}

/** What each filling stands for. */
export function Legend({ of }: { of: readonly { fill: Fill; name: string }[] }) {
  return (
    <ul className="legend">
      {of.map(({ fill, name }) => (
        <li key={fill}>
          <svg width="18" height="18" aria-hidden focusable="false">
            <rect className="mark" width="18" height="18" rx="4" fill={`url(#${fill})`} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
