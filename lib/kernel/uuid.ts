/**
 * A time-ordered UUID (RFC 9562 §5.7): new rows lie side by side in their index. 74 of its bits are random: an id, not
 * a secret.
 */
export function uuidv7(now: Date, random: (bytes: number) => Buffer): string {
  const bytes = random(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidOfBytes(bytes);
}

/** Sixteen bytes as an id is written. */
export function uuidOfBytes(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const bytesOfUuid = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Whether what came from outside can be an id at all: the database would throw on any other. Only as we write them: it
 * would find those in capitals too, and what is sealed for an id or recorded with it would be another's.
 */
export const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);
