/** A path of this portal, with its query: somewhere to come back to that cannot lead elsewhere. */
export type ReturnPath = `/${string}`;

const LONGEST = 2_048;

/**
 * Whether a value from outside is a path of this portal: one slash first, no second one, no backslash (browsers read
 * it as a slash), and nothing but printable ASCII, as every path a browser has sent: it drops tabs and line ends before it looks,
 * and a header cannot hold the rest. At most 2,048 characters.
 */
export function isReturnPath(value: unknown): value is ReturnPath {
  if (typeof value !== "string" || value.length > LONGEST || !value.startsWith("/") || value.startsWith("//"))
    return false;
  return /^[\x21-\x5b\x5d-\x7e]+$/.test(value);
}

/** The path and query of an address, where it is one of this portal's: what a `Referer` header says. */
export function pathWithin(origin: string, address: string | null): ReturnPath | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const path = url.pathname + url.search;
  return url.origin === origin && isReturnPath(path) ? path : null;
}
