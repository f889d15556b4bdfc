import { isReturnPath } from "#lib/kernel/return-path.ts";

/** What a query says of one answer alone: how a deed ended, and Next.js's own mark. Whoever comes back later did nothing. */
const OF_ONE_ANSWER = ["done", "refused", "_rsc"];

/**
 * The page of `path` as it was asked for, with its query, to come back to; `asked` is the front's `x-kunci-path`. `path`
 * itself where it says a query of its own, or where another page was asked for.
 */
export function askedWithin(path: string, asked: string | null): string {
  if (asked === null || path.includes("?") || !asked.startsWith(`${path}?`) || !isReturnPath(asked)) return path;
  const query = new URLSearchParams(asked.slice(path.length));
  for (const name of OF_ONE_ANSWER) query.delete(name);
  return query.size > 0 ? `${path}?${query}` : path;
}
