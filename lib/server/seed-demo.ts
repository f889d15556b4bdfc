import type { Context } from "#lib/kernel/context.ts";
import type { Config } from "./config.ts";

export async function seedDemo(_ctx: Context, _settled: Config): Promise<void> {}
