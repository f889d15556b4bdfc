import type { IncomingMessage } from "node:http";
import type { Refusal } from "./visit.ts";

const LONGEST_TARGET = 4_096;
const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);
export const ALLOW = "GET, HEAD, POST, OPTIONS";
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a path
const NEVER_IN_A_PATH = /[\u0000-\u001f\u007f\\]/;

/** The decoded path, or what is wrong with the request line: Next.js answers a path that does not decode with 500. */
export function checkTarget(req: Pick<IncomingMessage, "method" | "url">): { path: string } | { refusal: Refusal } {
  if (!METHODS.has(req.method ?? "")) return { refusal: { status: 405, words: "method", headers: { Allow: ALLOW } } };
  const target = req.url ?? "";
  if (target.length > LONGEST_TARGET) return { refusal: { status: 414, words: "tooLong" } };
  // "//elsewhere" would be a host name to whatever resolves it against a base.
  if (!target.startsWith("/") || target.startsWith("//")) return malformed;
  try {
    const path = decodeURIComponent(target.split("?", 1)[0] ?? "");
    return NEVER_IN_A_PATH.test(path) ? malformed : { path };
  } catch {
    return malformed;
  }
}

const malformed = { refusal: { status: 400, words: "malformed" } } as const satisfies { refusal: Refusal };
