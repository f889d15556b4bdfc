import { checkPng, PNG_BYTES_MAX, type PngRefusal } from "#lib/kernel/check-png.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";

export const CREST_BYTES_MAX = PNG_BYTES_MAX;
export type CrestRefusal = `crest_${PngRefusal}`;

/** Whether a file can be the agency's crest: a PNG, with its own picture alone. */
export async function checkCrest(file: Buffer): Promise<Result<Buffer, CrestRefusal>> {
  const checked = await checkPng(file);
  return checked.ok ? checked : refuse(`crest_${checked.error}` as const);
}
