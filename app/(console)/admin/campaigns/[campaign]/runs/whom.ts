import { type HeldUpBy, hindranceOf, hindrances } from "#lib/campaign/board/hindrances.ts";
import { type Remindable, remindable } from "#lib/campaign/letters/remind.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { campaignPath } from "../../paths.ts";

export const runsPath = (campaignId: string): string => `${campaignPath(campaignId)}/runs`;
export const passedOverPath = (campaignId: string, runId: string): string => `${runsPath(campaignId)}/${runId}`;

/** Whom a reminder is for, as the page's address or its form names them. */
export type Whom = { phaseId: string; held: Remindable | null; officeId: string | null };

/** What somebody may be reminded about, by its own name or as a person's row calls it; null for anything else. */
function remindableOf(value: string): Remindable | null {
  const known = Object.values(hindrances).some((ways) => (ways as readonly string[]).includes(value));
  const name = known ? hindranceOf(value as HeldUpBy) : value;
  return remindable.find((each) => each === name) ?? null;
}

/** Null where no phase is named, or something that there is not. */
export function whomOf(asked: (name: string) => unknown): Whom | null {
  const [phase, held = "", office = ""] = [asked("phase"), asked("held"), asked("office")];
  if (!isUuid(phase) || typeof held !== "string") return null;
  if (office !== "" && !isUuid(office)) return null;
  const about = held === "" ? null : remindableOf(held);
  return held !== "" && about === null
    ? null
    : { phaseId: phase, held: about, officeId: office === "" ? null : office };
}

export const whomPath = (campaignId: string, { phaseId, held, officeId }: Whom): string =>
  `${runsPath(campaignId)}?${new URLSearchParams({
    phase: phaseId,
    ...(held && { held }),
    ...(officeId && { office: officeId }),
  })}`;
