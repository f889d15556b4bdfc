import type { IncomingMessage } from "node:http";
import { seconds } from "#lib/kernel/time.ts";
import type { Refusal } from "./visit.ts";

/** No form of the portal comes near this. */
export const LARGEST_BODY = 64 * 1024;
const ARRIVES_WITHIN = seconds(20);

/** Says no before a byte is read: 411 where the size is not told, 413 where it is too much. */
export function checkLength(req: Pick<IncomingMessage, "headers">): Refusal | null {
  const stated = req.headers["content-length"];
  if (stated === undefined || req.headers["transfer-encoding"] !== undefined)
    return { status: 411, words: "unmeasured" };
  return Number(stated) > LARGEST_BODY ? { status: 413, words: "tooLarge" } : null;
}

/**
 * Reads the whole body, of the stated length, and puts it back: whoever reads the request next finds it unread. Answers a
 * refusal where it takes longer than 20 s or the client goes away (which nobody sees).
 */
export function readBody(req: IncomingMessage, within: number = ARRIVES_WITHIN): Promise<Buffer | Refusal> {
  const length = Number(req.headers["content-length"]);
  if (length === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((done) => {
    const parts: Buffer[] = [];
    let arrived = 0;
    const timer = setTimeout(() => end({ status: 408, words: "slow" }), within);
    const gone = (): void => end({ status: 400, words: "malformed" });
    const end = (outcome: Buffer | Refusal): void => {
      clearTimeout(timer);
      req.off("readable", take).off("error", gone).off("close", gone);
      done(outcome);
    };
    const take = (): void => {
      for (let part = req.read() as Buffer | null; part !== null; part = req.read() as Buffer | null) {
        parts.push(part);
        arrived += part.length;
      }
      if (arrived < length) return;
      const body = Buffer.concat(parts);
      // In the same turn as the last read, before the stream can say that it has ended.
      req.unshift(body);
      end(body);
    };
    req.on("readable", take).on("error", gone).on("close", gone);
  });
}
