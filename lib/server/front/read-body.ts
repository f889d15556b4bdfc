import { IncomingMessage } from "node:http";
import { seconds } from "#lib/kernel/time.ts";
import type { Refusal } from "./visit.ts";

/** No form of the portal comes near this. */
const LARGEST_BODY = 64 * 1024;
/** Of a form with a picture of at most 100 KB: whoever takes a larger one is told so by its page. */
export const LARGEST_WITH_FILE = 256 * 1024;
const ARRIVES_WITHIN = seconds(20);
/** Of bodies that are still arriving, in all: some two hundred of the largest forms at once. */
const MOST_ARRIVING = 16 * 1024 * 1024;

/** Counts the bytes of bodies that are still arriving, and cuts off the longest under way where they are too many. */
export function bodyRoom(most: number = MOST_ARRIVING) {
  const arriving = new Map<() => void, number>();
  let held = 0;
  const left = (cut: () => void): void => {
    held -= arriving.get(cut) ?? 0;
    arriving.delete(cut);
  };
  return {
    begun: (cut: () => void): void => void arriving.set(cut, 0),
    left,
    arrived: (cut: () => void, bytes: number): void => {
      arriving.set(cut, (arriving.get(cut) ?? 0) + bytes);
      held += bytes;
      // Who has taken longest is the least likely to be a browser: its form is here within a moment.
      for (const [oldest] of arriving) {
        if (held <= most) return;
        left(oldest);
        oldest();
      }
    },
  };
}
const ROOM = bodyRoom();

/** Says no before a byte is read: 411 where the size is not told, 413 where it is too much. */
export function checkLength(req: Pick<IncomingMessage, "headers">, largest: number = LARGEST_BODY): Refusal | null {
  const stated = req.headers["content-length"];
  if (stated === undefined || req.headers["transfer-encoding"] !== undefined)
    return { status: 411, words: "unmeasured" };
  return Number(stated) > largest ? { status: 413, words: "tooLarge" } : null;
}

/**
 * Reads the whole body, of the stated length. Answers a refusal where it takes longer than 20 s or the client goes away (which
 * nobody sees), or all together are too large.
 */
export function readBody(
  req: IncomingMessage,
  within: number = ARRIVES_WITHIN,
  room: ReturnType<typeof bodyRoom> = ROOM,
): Promise<Buffer | Refusal> {
  return new Promise((done) => {
    const parts: Buffer[] = [];
    const cut = (): void => finish({ status: 408, words: "slow" });
    const timer = setTimeout(cut, within);
    room.begun(cut);
    const take = (part: Buffer): void => {
      parts.push(part);
      room.arrived(cut, part.length);
    };
    const whole = (): void => finish(Buffer.concat(parts));
    const gone = (): void => finish({ status: 400, words: "malformed" });
    const finish = (outcome: Buffer | Refusal): void => {
      clearTimeout(timer);
      room.left(cut);
      req.off("data", take).off("end", whole).off("error", gone).off("close", gone);
      done(outcome);
    };
    req.on("data", take).on("end", whole).on("error", gone).on("close", gone);
  });
}

/**
 * The request once more, with the body that was read: Next.js refuses one that somebody has read from before. Its headers are
 * the cleaned ones, so it has no others.
 */
export function unread(req: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(req.socket);
  const { method, url, headers, httpVersion, httpVersionMajor, httpVersionMinor } = req;
  Object.assign(again, { method, url, headers, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  again.push(body);
  again.push(null);
  return again;
}
