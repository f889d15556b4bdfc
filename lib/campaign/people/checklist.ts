import { type CampaignRequirement, campaignRequirements } from "#db/schema/campaign.ts";
import { completenessKeys, completenessOf } from "#lib/account/profile/completeness.ts";
import type { Move, MovePhase } from "./find-moves.ts";

/** What a move is made of for the person: what the campaign asks for, and handing back the token it replaces. */
export type MoveKey = CampaignRequirement | "tokens";

export type MoveItem = {
  key: MoveKey;
  done: boolean;
  /** Where it is done, or where it says how it will be; null where the person can do nothing. */
  path: `/settings/${string}` | null;
  /**
   * Nothing is left for the person to do now. office: an administrator writes down the office's address. sa: the office's
   * SA puts them forward. ap: an AP confirms. rest: the token is in use until all else is there and the phase has begun.
   */
  waitsFor: "office" | "sa" | "ap" | "rest" | null;
};

export type Checklist = { items: readonly MoveItem[]; done: number; of: number };

/** Where hardware tokens are shown, reported lost, and said how to be handed back. */
const TOKENS = "/settings/hardware-tokens";

type Facts = Pick<Move, "requirements" | "missing" | "isPutForward" | "completedAt" | "tokens">;

const nothing = Object.fromEntries(completenessKeys.map((key) => [key, false])) as Record<
  (typeof completenessKeys)[number],
  boolean
>;
const pathsOfProfile = new Map<string, `/settings/${string}`>(
  completenessOf(nothing).items.map(({ key, path }) => [key, path]),
);

/** What is there and what is left of somebody's move, in the order in which they are led through it. */
export function checklistOf(move: Facts): Checklist {
  const { missing, completedAt, tokens } = move;
  const isThere = (key: string) => !missing.some((each) => each === key);

  const itemOf = (key: CampaignRequirement): MoveItem => {
    const done = isThere(key);
    if (key === "office_address") return { key, done, path: null, waitsFor: done ? null : "office" };
    if (key === "ap_confirmation") {
      return { key, done, path: null, waitsFor: done ? null : move.isPutForward ? "ap" : "sa" };
    }
    return { key, done, path: wayTo(key), waitsFor: null };
  };

  const { inUse, toHandBack, returned } = tokens;
  const hasTokens = inUse + toHandBack + returned > 0;
  const isBack = inUse + toHandBack === 0;
  const mayHandBack = completedAt !== null || toHandBack > 0;
  const token: MoveItem = {
    key: "tokens",
    done: isBack,
    path: TOKENS,
    waitsFor: isBack || mayHandBack ? null : "rest",
  };
  const items = [...ordered(move.requirements).map(itemOf), ...(hasTokens ? [token] : [])];
  return { items, done: items.filter(({ done }) => done).length, of: items.length };
}

const ordered = (requirements: readonly CampaignRequirement[]) =>
  campaignRequirements.filter((key) => requirements.includes(key));

export type Doable = MoveItem & {
  key: Exclude<MoveKey, "office_address" | "ap_confirmation">;
  path: `/settings/${string}`;
};

/** Whether the person can do it, and now. */
export const isDoable = (item: MoveItem): item is Doable => !item.done && item.waitsFor === null && item.path !== null;

/** What is to be done next; null where nothing is, or others have to. */
export const nextOf = (items: readonly MoveItem[]): Doable | null => items.find(isDoable) ?? null;

/** Where a thing of the checklist is done, by its key; `app`: the other second factor. Null of anything else. */
export function wayTo(key: string): `/settings/${string}` | null {
  if (key === "tokens") return TOKENS;
  if (key === "app") return "/settings/authenticator-app";
  return key === "office_confirmed" ? null : (pathsOfProfile.get(key) ?? null);
}

/**
 * Where somebody stands. to_do: there is something for them. waiting: all that is left is others' to do. ready: all is
 * there, and their phase has still to begin. hand_back: they have moved, and have a token to return. moved: all is done.
 */
export type Standing = "to_do" | "waiting" | "ready" | "hand_back" | "moved";

export function standingOf(move: Facts & Pick<Move, "state">): Standing {
  if (move.state === "done" && move.completedAt === null) return "ready";
  const open = checklistOf(move).items.filter(({ done }) => !done);
  if (move.state === "done") return open.length === 0 ? "moved" : "hand_back";
  return open.every(({ waitsFor }) => waitsFor !== null) ? "waiting" : "to_do";
}

/** Whether a phase is to come, goes on (its last day too), or is over, on a day of the agency's zone; none: there is none. */
export function timeOf(phase: MovePhase | null, today: string): "none" | "coming" | "on" | "over" {
  if (phase === null) return "none";
  if (today < phase.fromDay) return "coming";
  return today <= phase.untilDay ? "on" : "over";
}
