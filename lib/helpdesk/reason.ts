import type { Context } from "#lib/kernel/context.ts";
import { paragraphs } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";

/** Why an officer does something, in their own words: 5 to 500 characters. */
export type Reason = string & { readonly reason: unique symbol };
const REASON_LENGTH = { min: 5, max: 500 } as const;
export type ReasonRefusal = "reason_missing" | "reason_long" | "reason_unreadable";

/** Reads a reason from a form's field, `reason` where nothing else is named. */
export function parseReason(form: FormData, name = "reason"): Result<Reason, ReasonRefusal> {
  const read = paragraphs(form, name, { max: REASON_LENGTH.max });
  if (read.ok) return read.value.length < REASON_LENGTH.min ? refuse("reason_missing") : ok(read.value as Reason);
  if (read.error === "missing") return refuse("reason_missing");
  return refuse(read.error === "too_long" ? "reason_long" : "reason_unreadable");
}

export const OFFICER_REASON_PURPOSE = "officer.reason";

/** Reasons may name people, so they lie sealed; `rowId` is the action's or the request's. */
export const sealReason = (ctx: Pick<Context, "keys" | "random">, reason: Reason, rowId: string): string =>
  seal(ctx.keys.sealing, ctx.random, reason, OFFICER_REASON_PURPOSE, rowId);
export const unsealReason = (ctx: Pick<Context, "keys">, sealed: string, rowId: string): string =>
  unseal(ctx.keys.sealing, sealed, OFFICER_REASON_PURPOSE, rowId);
