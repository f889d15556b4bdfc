import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import { FileRefused } from "../file-refused.ts";

export type XmlHandler = {
  /** Names without their prefix: some programs write `x:row`. */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** Sheets nest some six deep. Each level that is open is remembered. */
const DEEPEST = 64;
/** In bytes: text, a tag's attributes or a comment is held until its end, and Excel's longest cell is 32,767 characters. */
const LONGEST_PIECE = 1024 * 1024;

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/**
 * Reads XML as it streams in, and pauses after each piece, so that whoever listens can hand on what it has so far. Document
 * types are refused: a workbook has none, and entities are how a small one becomes large. So is what would have to be held as
 * a whole and is longer or deeper than any workbook needs. Throws `FileRefused`.
 */
export async function* readXml(stream: Readable, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const damaged = (): never => {
    throw new FileRefused("file_damaged");
  };
  parser.on("error", damaged);
  parser.on("doctype", damaged);
  let [depth, held] = [0, 0];
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > DEEPEST) damaged();
    held = 0;
    handler.open?.(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    held = 0;
    handler.close?.(local(name));
  });
  parser.on("text", (text) => {
    held = 0;
    handler.text?.(text);
  });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      held += part.length;
      parser.write(decoder.decode(part, { stream: true }));
      if (held > LONGEST_PIECE) damaged();
      yield;
    }
    parser.write(decoder.decode()).close();
    yield;
  } catch (fault) {
    if (fault instanceof FileRefused) throw fault;
    // Deflate that does not inflate, fewer bytes than were told, text that is no UTF-8: nobody else's failure.
    throw isOfTheFile(fault) ? new FileRefused("file_damaged") : fault;
  } finally {
    stream.destroy();
  }
}

function isOfTheFile(fault: unknown): boolean {
  const { code, message } = fault as { code?: unknown; message?: unknown };
  const isInflate = typeof code === "string" && (code.startsWith("Z_") || code === "ERR_ENCODING_INVALID_ENCODED_DATA");
  return isInflate || (typeof message === "string" && /bytes in the stream|expected \d+/.test(message));
}
