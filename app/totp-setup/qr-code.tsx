import { encode } from "uqr";

/** Modules of quiet zone around the code, as ISO/IEC 18004 §9.1 wants it. */
const QUIET = 4;

/** A QR code drawn on the server. Always dark on light, whatever the theme: scanners need it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: QUIET, ecc: "M" });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect className="light" width={size} height={size} />
      <path className="dark" d={path} />
    </svg>
  );
}
