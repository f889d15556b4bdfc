import type { IncomingMessage } from "node:http";
import { checkLength } from "./read-body.ts";
import type { Refusal } from "./visit.ts";

/**
 * What is posted there is a file, too large to be read before it is handed on: the route reads it as it comes, after it
 * has asked who sends it. The limits are in bytes, a file of 64 or 5 MB and the form around it.
 */
const streamed: Readonly<Record<string, number>> = {
  "/api/staff-register": 64 * 1024 * 1024 + 64 * 1024,
  "/api/hardware-tokens": 5 * 1024 * 1024 + 64 * 1024,
};

export const isStreamed = (path: string): boolean => Object.hasOwn(streamed, path);

/** Says no before a byte is read: a size that is not told or too much, or anything but a form with a file. */
export function checkStreamed(req: Pick<IncomingMessage, "headers">, path: string): Refusal | null {
  const refused = checkLength(req, streamed[path]);
  if (refused) return refused;
  if (req.headers["next-action"] !== undefined) return { status: 400, words: "malformed" };
  const isForm = /^multipart\/form-data; ?boundary=/.test(req.headers["content-type"] ?? "");
  return isForm ? null : { status: 415, words: "kind" };
}
