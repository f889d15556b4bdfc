import { sumOf } from "./write-tar.ts";

const BLOCK = 512;

export type TarFile = { name: string; body: Buffer };

/**
 * The files of a tar archive as `tarFile` writes them, one after the other. Rejects where it is no such archive, a file is larger than
 * `most` bytes, or it ends before its end; and reads on to the end of what it is given, so that whoever decrypts it can say whether
 * that is whole.
 */
export async function* readTar(source: AsyncIterable<Buffer>, most: number): AsyncGenerator<TarFile> {
  const take = reader(source);
  for (;;) {
    const header = await take(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const { name, size } = readHeader(header);
    if (size > most) throw new Error(`"${name}" is larger than any file of a copy`);
    const body = await take(size);
    await take((BLOCK - (size % BLOCK)) % BLOCK);
    yield { name, body };
  }
  if ((await take(BLOCK)).some((byte) => byte !== 0)) throw new Error("the archive goes on behind its end");
  if ((await take(1).catch(() => null)) !== null) throw new Error("the archive goes on behind its end");
}

function readHeader(header: Buffer): { name: string; size: number } {
  const text = (from: number, size: number): string =>
    header.toString("latin1", from, from + size).replace(/\0[\s\S]*$/, "");
  const sum = Number.parseInt(text(148, 8), 8);
  const unsummed = Buffer.from(header).fill(" ", 148, 156);
  if (text(257, 5) !== "ustar" || sumOf(unsummed) !== sum) throw new Error("no tar archive");
  return { name: text(0, 100), size: Number.parseInt(text(124, 12), 8) };
}

/** Takes exactly so many bytes. Rejects at the end of the source. */
function reader(source: AsyncIterable<Buffer>): (size: number) => Promise<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let left: Buffer = Buffer.alloc(0);
  return async (size) => {
    const pieces: Buffer[] = [left];
    for (let have = left.length; have < size; ) {
      const next = await chunks.next();
      if (next.done) throw new Error("the archive ends too early");
      pieces.push(next.value);
      have += next.value.length;
    }
    const all = pieces.length === 1 ? left : Buffer.concat(pieces);
    left = all.subarray(size);
    return all.subarray(0, size);
  };
}
