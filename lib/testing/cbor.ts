export type Cbor = number | string | boolean | Uint8Array | readonly Cbor[] | ReadonlyMap<number | string, Cbor>;

/**
 * CBOR as authenticators write it (RFC 8949 §3, CTAP2 canonical form as far as the order of a map's keys is the
 * caller's).
 */
export function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "boolean") return Buffer.of(value ? 0xf5 : 0xf4);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
  const items = value as readonly Cbor[];
  return Buffer.concat([head(4, items.length), ...items.map(cbor)]);
}

function head(major: number, length: number): Buffer {
  const type = major << 5;
  if (length < 24) return Buffer.of(type | length);
  if (length < 0x100) return Buffer.of(type | 24, length);
  if (length < 0x1_0000) return Buffer.of(type | 25, length >> 8, length & 0xff);
  const long = Buffer.alloc(5);
  long.writeUInt8(type | 26);
  long.writeUInt32BE(length, 1);
  return long;
}
