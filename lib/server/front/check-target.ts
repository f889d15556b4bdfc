import type { IncomingMessage } from "node:http";
import { INTERNALS, isOidc, type Refusal, STATIC } from "./visit.ts";

const LONGEST_TARGET = 4_096;
/** A relying party may name single claims, and somebody by an ID token they had. */
const LONGEST_ASKED_OF_PROVIDER = 8_192;
const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);
export const ALLOW = "GET, HEAD, POST, OPTIONS";
/** Browsers write everything else as %xx, and "#" never. */
const PLAIN = /^[\x21-\x22\x24-\x7e]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a path, nor what is encoded twice
const NEVER_IN_A_PATH = /[\u0000-\u001f\u007f\\]|%[0-9a-f]{2}/i;
/** What nobody encodes (RFC 3986 §2.3): Next.js goes by what is written, so `/api/heal%74h` is to it no probe but a page. */
const NEEDLESSLY_ENCODED = /%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/i;
const STEPS = new Set([".", ".."]);

/**
 * The decoded path, or what is wrong with the request line. A path is taken only where everybody reads it alike: Next.js resolves
 * dot segments and joins slashes after the front has judged, so that another page would be served than the one that was judged;
 * and it answers a path that does not decode with 500.
 */
export function checkTarget(
  req: Pick<IncomingMessage, "method" | "url">,
  { development, isBuildFile = () => true }: { development?: boolean; isBuildFile?: (path: string) => boolean } = {},
): { path: string } | { refusal: Refusal } {
  if (!METHODS.has(req.method ?? "")) return { refusal: { status: 405, words: "method", headers: { Allow: ALLOW } } };
  const target = req.url ?? "";
  if (target.length > (isOidc(target) ? LONGEST_ASKED_OF_PROVIDER : LONGEST_TARGET))
    return { refusal: { status: 414, words: "tooLong" } };
  const written = target.split("?", 1)[0] ?? "";
  const path = decode(written);
  if (path === null || !written.startsWith("/") || !PLAIN.test(target) || NEVER_IN_A_PATH.test(path)) return malformed;
  if (NEEDLESSLY_ENCODED.test(written)) return malformed;
  const segments = path.split("/").slice(1);
  const isAsWritten = segments.length === written.split("/").length - 1;
  // The last one is empty where the path ends in a slash, which Next.js leads away from.
  if (!isAsWritten || segments.some((each, at) => STEPS.has(each) || (each === "" && at < segments.length - 1)))
    return malformed;
  // A file that is not there would be the page that says so, made for nobody and counted by nobody.
  const isInternal = path.startsWith(INTERNALS) && !(written.startsWith(STATIC) && isBuildFile(path));
  return isInternal && !development ? { refusal: { status: 404, words: "unknown" } } : { path };
}

function decode(written: string): string | null {
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

const malformed = { refusal: { status: 400, words: "malformed" } } as const satisfies { refusal: Refusal };
