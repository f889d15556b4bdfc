import { fromDrizzle } from "pg-boss";
import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { letter as letters } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Letter } from "./letters.ts";

export async function enqueue(_tx: Tx, _ctx: Context, _letter: Letter): Promise<void> {
  void fromDrizzle; void sql; void letters;
  throw new Error("the mail room is being furnished");
}
