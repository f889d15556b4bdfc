import { createHash } from "node:crypto";
import { hardwareTokenImport } from "#db/schema/hardware-token.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { mayImport } from "#lib/staff-register/import/may-import.ts";
import { Incomplete, plainName } from "#lib/staff-register/import/upload-register.ts";
import { judgeTokens } from "./judge-tokens.ts";
import { countTokens, sealRows } from "./kept-rows.ts";
import { type ReadRefusal, readTokens } from "./read-tokens.ts";

/** In bytes. */
export const LARGEST_TOKEN_FILE = 5 * 1024 * 1024;

export type TokenUploadRefusal = ReadRefusal | "file_too_large" | "file_incomplete" | "signed_out" | "not_found";

/**
 * Takes in a file of hardware tokens, reads and judges it whole, and keeps what its lines come to until somebody applies
 * it or throws it away. Nothing is registered yet. Who may is asked before a byte is kept, and again when all have come.
 * Refuses `signed_out` and `not_found` (no right to import: recorded).
 */
export async function uploadTokens(
  ctx: Context,
  fileName: string,
  body: AsyncIterable<Buffer>,
): Promise<Result<string, TokenUploadRefusal>> {
  const asked = await ctx.db.transaction((tx) => mayImport(tx, ctx));
  if (!asked.ok) return asked;
  const whole = await takeIn(body);
  if (!whole.ok) return whole;
  const read = await readTokens(ctx, whole.value);
  if (!read.ok) return read;
  return ctx.db.transaction(async (tx): Promise<Result<string, TokenUploadRefusal>> => {
    const may = await mayImport(tx, ctx);
    if (!may.ok) return may;
    const rows = await judgeTokens(tx, ctx, read.value);
    const id = uuidv7(ctx.now(), ctx.random);
    await tx.insert(hardwareTokenImport).values({
      id,
      fileName: plainName(fileName),
      digest: createHash("sha256").update(whole.value).digest("base64url"),
      state: "ready",
      rowsSealed: sealRows(ctx, rows, id),
      counts: countTokens(rows),
      rows: rows.length,
      uploadedBy: may.value,
      uploadedAt: ctx.now(),
    });
    await record(tx, ctx, { type: "hardware_token_import.uploaded", accountId: null, importId: id });
    return ok(id);
  });
}

async function takeIn(body: AsyncIterable<Buffer>): Promise<Result<Buffer, "file_too_large" | "file_incomplete">> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of body) {
      size += part.length;
      if (size > LARGEST_TOKEN_FILE) return refuse("file_too_large");
      parts.push(part);
    }
  } catch (fault) {
    if (fault instanceof Incomplete) return refuse("file_incomplete");
    throw fault;
  }
  return ok(Buffer.concat(parts));
}
