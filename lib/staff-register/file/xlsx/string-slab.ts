import { FileRefused } from "../file-refused.ts";

/** In bytes of UTF-8. */
const MOST_TEXT = 96 * 1024 * 1024;
const MOST_STRINGS = 4_000_000;

/**
 * Strings by their number, as bytes in one growing buffer outside the heap: the hundreds of thousands that a workbook
 * shares among its cells would crowd out everybody else's memory as objects.
 */
export class StringSlab {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #ends = new Uint32Array(4_096);
  #used = 0;
  #count = 0;

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.#used + size > MOST_TEXT || this.#count === MOST_STRINGS) throw new FileRefused("file_unpacks_too_large");
    if (this.#used + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + size));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#bytes.write(text, this.#used);
    this.#used += size;
    this.#ends[this.#count] = this.#used;
    this.#count += 1;
  }

  /** Undefined where there is none of that number. */
  at(number: number): string | undefined {
    if (!Number.isInteger(number) || number < 0 || number >= this.#count) return undefined;
    return this.#bytes.toString("utf8", number === 0 ? 0 : this.#ends[number - 1], this.#ends[number]);
  }
}
