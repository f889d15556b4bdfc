const points = [0, 45, 90, 135, 180, 225, 270, 315];

/** A tick within a ring of wajik: something is finished. Decoration; the heading beside it says so in words. */
export function Burst() {
  return (
    <svg className="burst" viewBox="0 0 112 112" aria-hidden>
      <g fill="var(--k-accent)">
        {points.map((turn) => (
          <path
            key={turn}
            d={turn % 90 ? "M56 3 61 13 56 23 51 13Z" : "M56 3 61 15 56 27 51 15Z"}
            transform={`rotate(${turn} 56 56)`}
            opacity={turn % 90 ? 0.55 : 1}
          />
        ))}
      </g>
      <circle cx="56" cy="56" r="25" fill="var(--k-success)" />
      <path
        d="m45 57 8 8 15-17"
        fill="none"
        stroke="var(--k-surface)"
        strokeWidth="4.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
