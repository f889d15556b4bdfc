import { formatNear } from "#lib/text/format-date.ts";
import type { Words } from "./work-table.tsx";

/** `Hari ini, 9:42 pagi` near by, further away the day. */
export function waitingSince(at: Date, { now, language }: Words): string {
  const near = formatNear(at, now, language);
  return near.charAt(0).toUpperCase() + near.slice(1);
}
