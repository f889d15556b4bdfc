import { type Announcement, shownAt } from "#lib/administration/announcements/announcement.ts";
import { type InForce, nothingChosen, readInForce } from "#lib/administration/settings/read-settings.ts";
import type { Context } from "#lib/kernel/context.ts";
import { lookAgainEvery } from "#lib/kernel/look-again.ts";
import { seconds } from "#lib/kernel/time.ts";
import { overlay } from "../config.ts";
import { overlaid } from "./overlay.ts";

/** How long another instance may not know what an administrator has just changed. */
const LOOKED_AT_EVERY = seconds(5);

// The front, pages and routes evaluate modules separately; what holds for all of them lies here.
const memory = globalThis as { kunciInForce?: InForce };

const kept = (): InForce => memory.kunciInForce ?? nothingChosen;

/**
 * Looks at what administrators have chosen and goes by it from now on, in this process: `config()` says it too. Called
 * after a change, so that whoever made it sees it on the next page.
 */
export async function lookAgain(ctx: Pick<Context, "db" | "now">): Promise<void> {
  const found = await readInForce(ctx);
  // Of two looks at once the older answer may come last.
  if (found.edition < kept().edition) return;
  memory.kunciInForce = found;
  overlay((base) => overlaid(base, found.chosen));
}

/**
 * Goes by what administrators have chosen, and looks again every five seconds, until it is stopped. Pages ask nobody: what
 * this keeps is a few rows. While the database is away, what was last seen stays.
 */
export async function followChoices(
  ctx: Pick<Context, "db" | "now">,
  failed: (fault: unknown) => void,
): Promise<{ stop: () => void }> {
  await lookAgain(ctx);
  return lookAgainEvery(LOOKED_AT_EVERY, () => lookAgain(ctx), failed);
}

/** What every page says on top at a moment. */
export const announcementsAt = (now: Date): Announcement[] => shownAt(kept().announcements, now);

/**
 * Another one whenever pages that say the same to everybody would now say something else: what was kept of them is then made
 * anew.
 */
export const editionAt = (now: Date): string => [kept().edition, ...announcementsAt(now).map(({ id }) => id)].join(" ");
