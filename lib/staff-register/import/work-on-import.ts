import type { Context } from "#lib/kernel/context.ts";
import { applyRegister } from "./apply-register.ts";
import type { StaffImportJob } from "./queue.ts";
import { readRegister } from "./read-register.ts";

/** Takes a file as far as it can go without anybody: through its reading, or through its applying. */
export async function workOnImport(ctx: Context, { importId }: StaffImportJob): Promise<void> {
  await readRegister(ctx, importId);
  await applyRegister(ctx, importId);
}
