import { Incomplete } from "#lib/staff-register/import/upload-register.ts";

// As every browser writes it; the front's own reader (front/parse-multipart.ts) asks for the same.
const BOUNDARY = /^multipart\/form-data; ?boundary=("?)([A-Za-z0-9_-]{8,70})\1$/;
const DISPOSITION = /^content-disposition: form-data; name="([^"\r\n]{1,100})"(?:; filename="([^"\r\n]{0,1000})")?$/i;
const LONGEST_HEADER = 2_048;
const LONGEST_VALUE = 1_024;
const MOST_FIELDS = 20;

/** A form with a file as its last field: what was typed before it, and the file as it comes. */
export type Uploaded = {
  fields: ReadonlyMap<string, string>;
  fileName: string;
  file: AsyncIterable<Buffer>;
  /** Reads what is left and forgets it. */
  drain: () => Promise<void>;
};

/**
 * Reads a form as its bytes come in, up to the file. Null where it is anything else than a browser's form with a file at its
 * end. The file's iterable throws `Incomplete` where the rest does not come.
 */
export async function readUpload(body: AsyncIterable<Uint8Array>, contentType: string): Promise<Uploaded | null> {
  const boundary = BOUNDARY.exec(contentType)?.[2];
  if (boundary === undefined) return null;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const source = new Source(body);
  // Every delimiter but the first has a break before it.
  if ((await source.take(delimiter.length - 2))?.toString("latin1") !== `--${boundary}`) return null;
  const fields = new Map<string, string>();
  while (fields.size < MOST_FIELDS) {
    if ((await source.take(2))?.toString("latin1") !== "\r\n") return null;
    const head = await source.until(Buffer.from("\r\n\r\n"), LONGEST_HEADER);
    const [, name, fileName] = DISPOSITION.exec(head?.toString("utf8").split("\r\n")[0] ?? "") ?? [];
    if (name === undefined) return null;
    if (fileName !== undefined)
      return { fields, fileName, file: source.pieces(delimiter), drain: () => source.drain() };
    const value = await source.until(delimiter, LONGEST_VALUE);
    if (!value || fields.has(name)) return null;
    fields.set(name, value.toString("utf8"));
  }
  return null;
}

/** Bytes that come in, taken as far as something else begins. */
class Source {
  readonly #coming: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#coming = body[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#coming.next();
    if (next.done) return false;
    this.#held = this.#held.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#held, next.value]);
    return true;
  }

  async take(count: number): Promise<Buffer | null> {
    while (this.#held.length < count) if (!(await this.#more())) return null;
    return this.#cut(count);
  }

  /** What stands before a mark, which is passed over; null where it does not come within so many bytes. */
  async until(mark: Buffer, most: number): Promise<Buffer | null> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0 && at <= most) {
        const before = this.#cut(at);
        this.#cut(mark.length);
        return before;
      }
      if (at >= 0 || this.#held.length > most + mark.length || !(await this.#more())) return null;
    }
  }

  /** The same without a limit, as it comes; what may be the beginning of the mark is held back. */
  async *pieces(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      const sure = at >= 0 ? at : this.#held.length - mark.length + 1;
      if (sure > 0) yield this.#cut(sure);
      if (at >= 0) return;
      if (!(await this.#moreOrIncomplete())) throw new Incomplete();
    }
  }

  async drain(): Promise<void> {
    while (await this.#more()) this.#held = Buffer.alloc(0);
  }

  async #moreOrIncomplete(): Promise<boolean> {
    try {
      return await this.#more();
    } catch {
      // The client went away in the middle.
      throw new Incomplete();
    }
  }

  #cut(count: number): Buffer {
    const piece = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return piece;
  }
}
