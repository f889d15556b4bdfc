type SplitBarProps = {
  /** How many of each, in their order: done, under way, not begun. */
  parts: readonly [number, number, number];
  /** All of it in words. */
  label: string;
};

const CLASSES = ["b1", "b2", "b3"] as const;
/** Percent that a part has at least, so that one of a thousand is seen. */
const LEAST = 1;
/** Pixels; the gap is of the card's own colour. */
const HEIGHT = 14;

/** How far many people have come, in one bar; the figures stand in words beside it. */
export function SplitBar({ parts, label }: SplitBarProps) {
  const all = parts.reduce((sum, part) => sum + part, 0);
  const wide = parts.map((part) => (part === 0 ? 0 : Math.max(LEAST, (100 * part) / all)));
  const whole = wide.reduce((sum, part) => sum + part, 0);
  let from = 0;
  return (
    <svg className="split-bar" width="100%" height={HEIGHT} role="img" aria-label={label}>
      {all === 0 && <rect className="b3" width="100%" height={HEIGHT} />}
      {wide.map((part, n) => {
        const x = from;
        const width = whole === 0 ? 0 : (100 * part) / whole;
        from += width;
        return (
          width > 0 && (
            <rect key={CLASSES[n]} className={CLASSES[n]} x={`${x}%`} width={`${width}%`} height={HEIGHT} rx="3" />
          )
        );
      })}
    </svg>
  );
}
