/** A file that lies somewhere in pieces: read from its beginning, or from anywhere, without ever being whole in memory. */
export type StoredFile = {
  /** In bytes. */
  size: number;
  /** From `from` up to, not including, `to`; both within the file. */
  pieces(from: number, to: number): AsyncIterable<Buffer>;
};

/** The first bytes of a file, as many as there are up to `most`. */
export async function beginningOf(file: StoredFile, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of file.pieces(0, Math.min(most, file.size))) parts.push(part);
  return Buffer.concat(parts);
}
