import { promisify } from "node:util";
import { crc32, inflate } from "node:zlib";
import { ok, type Result, refuse } from "./result.ts";

/** Crests and logos are shown at 40 by 40; four times that is sharp on any screen. */
export const PNG_BYTES_MAX = 100 * 1024;
const SIDE_MIN = 40;
const SIDE_MAX = 1_024;

export type PngRefusal = "missing" | "too_large" | "not_png" | "broken" | "size";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a picture is made of. Everything else is dropped: texts, places, profiles, and what somebody hid in between. */
const kept: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
/** Samples in a pixel by colour type, and the depths that go with it (PNG 3rd edition, table 11.1). */
const kinds: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

type Chunk = { type: string; data: Buffer; whole: Buffer };

/** The most that a part may hold which comes once at most: 256 colours, or how clear each is. */
const onceAtMost: Readonly<Record<string, number>> = { IHDR: 13, PLTE: 3 * 256, tRNS: 256 };

type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };
const inflated = promisify<Buffer, { maxOutputLength: number; info: true }, Inflated>(
  inflate as unknown as (
    from: Buffer,
    options: { maxOutputLength: number; info: true },
    done: (fault: Error | null, found: Inflated) => void,
  ) => void,
);

/**
 * Whether a file is a PNG of a sensible size, with every sum right and no more pixels than it says; its own picture alone, with
 * what else it carried left out. PNG only: an SVG is a document that can hold scripts and links.
 */
export async function checkPng(file: Buffer): Promise<Result<Buffer, PngRefusal>> {
  if (file.length === 0) return refuse("missing");
  if (file.length > PNG_BYTES_MAX) return refuse("too_large");
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return refuse("not_png");
  const chunks = chunksOf(file);
  const header = chunks?.[0];
  if (!chunks || header?.type !== "IHDR" || header.data.length !== 13) return refuse("broken");
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  const kind = kinds[header.data.readUInt8(9)];
  const depth = header.data.readUInt8(8);
  const interlaced = header.data.readUInt8(12);
  if (!kind?.depths.includes(depth) || interlaced > 1) return refuse("broken");
  for (const [type, most] of Object.entries(onceAtMost)) {
    const found = chunks.filter((chunk) => chunk.type === type);
    if (found.length > 1 || found.some(({ data }) => data.length > most)) return refuse("broken");
  }
  if (Math.min(width, height) < SIDE_MIN || Math.max(width, height) > SIDE_MAX) return refuse("size");
  const pixels = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const line = Math.ceil((width * kind.samples * depth) / 8) + 1;
  // Seven passes of an interlaced picture have at most twice the lines, each with a byte of its own.
  const most = interlaced ? line * height + height * 2 + 16 : line * height;
  // What is read beyond the end of the pixels is no picture: a page, a script or an archive could lie there.
  const size = await inflated(pixels, { maxOutputLength: most, info: true }).then(
    ({ buffer, engine }) => (engine.bytesWritten === pixels.length ? buffer.length : 0),
    () => 0,
  );
  if (interlaced ? size === 0 : size !== most) return refuse("broken");
  return ok(Buffer.concat([SIGNATURE, ...chunks.filter(({ type }) => kept.has(type)).map(({ whole }) => whole)]));
}

/** The parts of a PNG, from the first to its end; null where a sum is wrong, one is cut short, or something follows. */
function chunksOf(file: Buffer): Chunk[] | null {
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > file.length) return null;
    const named = file.subarray(at + 4, end - 4);
    if (crc32(named) !== file.readUInt32BE(end - 4)) return null;
    const type = named.toString("latin1", 0, 4);
    chunks.push({ type, data: named.subarray(4), whole: file.subarray(at, end) });
    at = end;
    if (type === "IEND") return at === file.length && length === 0 ? chunks : null;
  }
  return null;
}
