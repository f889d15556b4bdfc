import { notFound } from "next/navigation";
import { changeRefused } from "#app/(account)/settings/change-refused.ts";
import type { AdministerRefusal } from "#lib/office/roles/administer.ts";

const leadsAway = ["signed_out", "step_up", "not_found"] as const satisfies readonly AdministerRefusal[];

/** Whether a refusal is of who asks, and not of what they want: they are then led elsewhere. */
export const isOfWhoAsks = (error: string): error is AdministerRefusal => leadsAway.some((one) => one === error);

/** To a fresh proof and back, with what was typed; to sign-in; or to "no such page". Never returns. */
export const refusedAt = (error: AdministerRefusal, path: string, typed?: Record<string, string>): Promise<never> =>
  error === "not_found" ? notFound() : changeRefused(error, path, typed);
