import { and, eq } from "drizzle-orm";
import { staffImportChunk } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import { sealBytes, unsealBytes } from "#lib/kernel/sealed.ts";
import type { StoredFile } from "../file/stored-file.ts";

/** Of each piece but the last, in bytes. */
const PIECE = 256 * 1024;
export const STAFF_FILE_PURPOSE = "staff_import.chunk";
const owner = (importId: string, number: number): string => `${importId}:${number}`;

/** Keeps a file as it streams in: encrypted pieces of one size, each in a statement of its own. */
export async function keepFile(ctx: Context, importId: string, body: AsyncIterable<Buffer>): Promise<void> {
  let number = 0;
  const keep = async (piece: Buffer) => {
    const sealed = sealBytes(ctx.keys.sealing, ctx.random, piece, STAFF_FILE_PURPOSE, owner(importId, number));
    await ctx.db.insert(staffImportChunk).values({ importId, number, body: sealed });
    number += 1;
  };
  let parts: Buffer[] = [];
  let waiting = 0;
  for await (const part of body) {
    parts.push(part);
    waiting += part.length;
    if (waiting < PIECE) continue;
    const whole = Buffer.concat(parts);
    let from = 0;
    for (; whole.length - from >= PIECE; from += PIECE) await keep(whole.subarray(from, from + PIECE));
    parts = [whole.subarray(from)];
    waiting = whole.length - from;
  }
  if (waiting > 0) await keep(Buffer.concat(parts));
}

/** Pieces that are held opened: a workbook's parts are read side by side. */
const HELD = 4;

/** The file as it was kept, read from anywhere; a piece at a time is in memory, and the last few are not read twice. */
export function openKeptFile(ctx: Context, importId: string, size: number): StoredFile {
  const held = new Map<number, Buffer>();
  const pieceAt = async (number: number): Promise<Buffer> => {
    const known = held.get(number);
    if (known) return known;
    const [kept] = await ctx.db
      .select({ body: staffImportChunk.body })
      .from(staffImportChunk)
      .where(and(eq(staffImportChunk.importId, importId), eq(staffImportChunk.number, number)));
    if (!kept) throw new Error(`Piece ${number} of import ${importId} is gone`);
    const piece = unsealBytes(ctx.keys.sealing, kept.body, STAFF_FILE_PURPOSE, owner(importId, number));
    const [oldest] = held.keys();
    if (held.size === HELD && oldest !== undefined) held.delete(oldest);
    held.set(number, piece);
    return piece;
  };
  return {
    size,
    async *pieces(from, to) {
      for (let at = from; at < to; ) {
        const number = Math.floor(at / PIECE);
        const piece = await pieceAt(number);
        const end = Math.min(to, (number + 1) * PIECE);
        yield piece.subarray(at - number * PIECE, end - number * PIECE);
        at = end;
      }
    },
  };
}
