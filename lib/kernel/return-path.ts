/** A path of this portal, with its query: somewhere to come back to that cannot lead elsewhere. */
export type ReturnPath = `/${string}`;

const LONGEST = 2_048;

/** Any will do: only the path of what is read against it is looked at. */
const SOMEWHERE = "http://localhost";

/**
 * Whether a value from outside is a path of this portal: one slash first, no second one, no backslash (browsers read
 * it as a slash), and nothing but printable ASCII, as every path a browser has sent: it drops tabs and line ends before it looks,
 * and a header cannot hold the rest. Written as a browser would write it, so without dot segments: Next.js reads it
 * twice, and `/.//elsewhere.example` is a path the first time and another host the second. At most 2,048 characters.
 */
export function isReturnPath(value: unknown): value is ReturnPath {
  if (typeof value !== "string" || value.length > LONGEST || !value.startsWith("/") || value.startsWith("//"))
    return false;
  return /^[\x21-\x5b\x5d-\x7e]+$/.test(value) && new URL(value, SOMEWHERE).pathname === value.split(/[?#]/, 1)[0];
}

/** The path and query of an address, where it is one of this portal's: what a `Referer` header says. */
export function pathWithin(origin: string, address: string | null): ReturnPath | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const path = url.pathname + url.search;
  return url.origin === origin && isReturnPath(path) ? path : null;
}
