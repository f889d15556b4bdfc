/**
 * A generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32), so that a failure can be run
 * again.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const below = (random: Random, n: number): number => Math.floor(random() * n);
const noise = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => below(random, 256)));

/** CBOR that has brought parsers down: lengths beyond the end, lengths without an end, depth, and reserved values. */
const bombs = [
  Buffer.from("9bffffffffffffffff", "hex"),
  Buffer.from("bbffffffffffffffff", "hex"),
  Buffer.from("5bffffffffffffffff", "hex"),
  Buffer.from("9f", "hex"),
  Buffer.from("bfff", "hex"),
  Buffer.alloc(5_000, 0x81),
  Buffer.alloc(5_000, 0xa1),
  Buffer.from("a1fb7ff8000000000000f6", "hex"),
  Buffer.from("fc", "hex"),
  Buffer.alloc(0),
];

/** Bytes that are not the same any more: bits flipped, cut off, put in, put elsewhere, or something else altogether. */
function mutateBytes(random: Random, bytes: Buffer): Buffer {
  const at = below(random, bytes.length);
  const some = 1 + below(random, 8);
  switch (below(random, 7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      for (let n = 0; n < some; n += 1) {
        const where = below(random, flipped.length);
        flipped.writeUInt8(flipped.readUInt8(where) ^ (1 << below(random, 8)), where);
      }
      return flipped;
    }
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), noise(random, some), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + some)]);
    case 4:
      return Buffer.concat([bytes, pick(random, [noise(random, some), bytes])]);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), pick(random, bombs), bytes.subarray(at)]);
    default:
      return pick(random, [...bombs, noise(random, bytes.length)]);
  }
}

const oddities: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  "",
  " ",
  "\u0000",
  "\ud800",
  "＄",
  [],
  {},
  [["a"]],
  { toString: "x", length: 16 },
  "A".repeat(20_000),
  "__proto__",
];

/**
 * JSON that is not the same any more: cut, garbled, a member lost or replaced by what nobody expects, or its bytes
 * mutated.
 */
export function mutateJson(random: Random, json: string): string {
  const at = below(random, json.length);
  const changed = JSON.parse(json) as { [name: string]: unknown; response: Record<string, string> };
  const member = pick(random, Object.keys(changed.response));
  switch (below(random, 8)) {
    case 0:
      return json.slice(0, at);
    case 1:
      return `${json.slice(0, at)}${String.fromCharCode(below(random, 0x300))}${json.slice(at + 1)}`;
    case 2:
      delete pick(random, [changed, changed.response])[pick(random, [member, "id", "rawId", "type", "response"])];
      return JSON.stringify(changed);
    case 3:
      Object.assign(pick(random, [changed, changed.response]), {
        [pick(random, [member, "id", "rawId", "type", "response"])]: pick(random, oddities),
      });
      return JSON.stringify(changed);
    case 4:
      return JSON.stringify(
        pick(random, [[changed], { ...changed, id: changed.type }, changed.response, member, null]),
      );
    case 5:
      return `${"[".repeat(below(random, 20_000))}${json}`;
    default: {
      const bytes = Buffer.from(changed.response[member] ?? "", "base64url");
      changed.response[member] = mutateBytes(random, bytes).toString("base64url");
      return JSON.stringify(changed);
    }
  }
}
