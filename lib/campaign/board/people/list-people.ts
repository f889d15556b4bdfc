import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { type Officer, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { type BoardCampaign, findBoard, notThere } from "../find-board.ts";
import { phaseShown } from "../phase-shown.ts";
import type { PersonFilters } from "./person-filters.ts";
import { countPeople, type ListedPerson, listed, type Place, type Row, readPeople } from "./read-people.ts";

/** As many as somebody looks through before narrowing further. */
export const PEOPLE_PAGE = 25;

const RIGHT = "campaign.view";
const PURPOSE = "campaign_people.place";

/** `before`, `after`: where to read on from either end, as `at` of the next call; null where the list ends. */
export type PeoplePage = {
  campaign: BoardCampaign;
  officer: Officer;
  /** Of all pages together. */
  found: number;
  people: ListedPerson[];
  before: string | null;
  after: string | null;
};

/**
 * A page of a campaign's people in an officer's offices, by name, as they stood when they were last looked at. `at`: a place
 * that an earlier page gave. `not_found`, and recorded: as `findBoard`, an office that is not theirs, a phase that there is
 * not, and a place of another list.
 */
export async function listPeople(
  ctx: Context,
  campaignId: string,
  { filters, at = null }: { filters: PersonFilters; at?: string | null },
): Promise<Result<PeoplePage, "not_found">> {
  const found = await findBoard(ctx, campaignId);
  if (!found.ok) return found;
  const { officer, campaign } = found.value;
  const from = at === null ? null : unsealPlace(ctx, listOf(officer, campaignId, filters), at);
  if ((at !== null && from === null) || !mayList(officer, campaign, filters)) return notThere(ctx);
  const wanted = { officer, right: RIGHT, campaign, filters } as const;
  const [read, people] = await Promise.all([readPeople(ctx, wanted, from, PEOPLE_PAGE + 1), countPeople(ctx, wanted)]);
  const more = read.length > PEOPLE_PAGE;
  const rows = read.slice(0, PEOPLE_PAGE);
  const back = from?.direction === "before";
  if (back) rows.reverse();
  const edge = (row: Row | undefined, direction: Place["direction"], open: boolean): string | null =>
    row && open ? sealPlace(ctx, listOf(officer, campaignId, filters), { key: row.key, id: row.id, direction }) : null;
  return ok({
    campaign,
    officer,
    found: people,
    people: rows.map((row) => listed(ctx, row)),
    before: edge(rows[0], "before", back ? more : from !== null),
    after: edge(rows.at(-1), "after", back || more),
  });
}

/** Whether there is such a list for an officer: an office of theirs, a phase that there is. */
export const mayList = (
  officer: Officer,
  campaign: BoardCampaign,
  { officeId, phase }: PersonFilters,
  right: "campaign.view" | "campaign.export" = RIGHT,
): boolean =>
  (officeId === null || reachesOffice(scopeOf(officer, right), officeId)) &&
  phaseShown(campaign.phases, phase ?? "all", "") !== null;

/** Whose list, of which offices, narrowed how: a place in another list opens nothing here. */
function listOf(officer: Officer, campaignId: string, filters: PersonFilters): string {
  const scope = scopeOf(officer, RIGHT);
  return JSON.stringify([officer.accountId, scope.all ? "all" : scope.offices.toSorted(), campaignId, filters]);
}

// Sealed: it holds a name.
const sealPlace = (ctx: Pick<Context, "keys" | "random">, list: string, { key, id, direction }: Place): string =>
  seal(ctx.keys.cookie, ctx.random, JSON.stringify([key, id, direction]), PURPOSE, list);

function unsealPlace(ctx: Pick<Context, "keys">, list: string, sealed: string): Place | null {
  try {
    const plain = unseal(ctx.keys.cookie, sealed, PURPOSE, list);
    const [key, id, direction] = JSON.parse(plain) as [string, string, Place["direction"]];
    return { key, id, direction };
  } catch {
    return null;
  }
}
