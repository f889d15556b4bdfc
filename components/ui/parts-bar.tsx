type PartsBarProps = {
  done: number;
  /** Somebody else's turn. */
  waiting?: number | undefined;
  of: number;
  /** All of it in words: "4 daripada 6 selesai". */
  label: string;
};

/** How far something of a few parts has come: a piece each, done ones first. The numbers stand in words beneath. */
export function PartsBar({ done, waiting = 0, of, label }: PartsBarProps) {
  const kindOf = (place: number) => (place < done ? "b1" : place < done + waiting ? "b2" : "b3");
  return (
    <div className="bar" role="img" aria-label={label}>
      {Array.from({ length: of }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is nothing but its place
        <i key={place} className={kindOf(place)} />
      ))}
    </div>
  );
}
