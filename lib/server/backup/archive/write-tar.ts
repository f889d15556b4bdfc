const BLOCK = 512;
/** A tar file ends in two empty blocks. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

/**
 * A file of a tar archive (POSIX.1-2001 ustar), header and padding included: `tar` everywhere opens what the portal wrote. `name` has at
 * most 100 bytes of ASCII; `at` is its time.
 */
export function tarFile(name: string, body: Buffer, at: Date): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (text: string, from: number, size: number): void => {
    if (header.write(text, from, size, "latin1") !== Buffer.byteLength(text))
      throw new Error(`"${text}" does not fit a tar header`);
  };
  const octal = (number: number, size: number): string => `${number.toString(8).padStart(size - 1, "0")}\0`;
  put(name, 0, 100);
  put(octal(0o600, 8), 100, 8);
  put(octal(0, 8), 108, 8);
  put(octal(0, 8), 116, 8);
  put(octal(body.length, 12), 124, 12);
  put(octal(Math.floor(at.getTime() / 1_000), 12), 136, 12);
  // The sum is made with its own place full of spaces.
  put(" ".repeat(8), 148, 8);
  put("0", 156, 1);
  put("ustar\x0000", 257, 8);
  put(`${octal(sumOf(header), 7)} `, 148, 8);
  return Buffer.concat([header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)]);
}

export const sumOf = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);
