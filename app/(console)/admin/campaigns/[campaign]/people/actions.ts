"use server";
import { redirect } from "next/navigation";
import { everyPerson, parsePersonFilters } from "#lib/campaign/board/people/person-filters.ts";
import { type Found, findByIdentity } from "#lib/helpdesk/search/find-by-identity.ts";
import { SEARCH_MAX, understandSearch, understandWords } from "#lib/helpdesk/search/understand-search.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { type RefusalCode, refusalWords } from "#lib/text/refusal-words.ts";
import { accountPath } from "../../../../helpdesk/accounts/[account]/paths.ts";
import type { SearchState } from "../../../../helpdesk/actions.ts";
import { CAMPAIGNS_PATH, peoplePath } from "../../paths.ts";

/**
 * A number leads to its account at once and never into an address; words narrow the list as it was. Posted, so that what was
 * typed is understood before it could stand in an address.
 */
export async function searchPeople(_: SearchState, form: FormData): Promise<SearchState> {
  const campaignId = String(form.get("campaign") ?? "");
  if (!isUuid(campaignId)) redirect(CAMPAIGNS_PATH);
  const { ctx, officer } = await requireOfficer(peoplePath(campaignId, {}), "campaign.view");
  const words = refusalWords(ctx.request.language);
  const read = field(form, "q", { max: SEARCH_MAX });
  const typed = read.ok ? read.value : String(form.get("q") ?? "").slice(0, SEARCH_MAX);
  const wrong = (code: RefusalCode): SearchState => ({ values: { q: typed }, errors: { q: words(code) } });
  if (!read.ok) return wrong(read.error === "missing" ? "search_missing" : read.error);

  const understood = understandSearch(typed);
  if (!understood.ok) return wrong(understood.error);
  if (understood.value.by === "identity") {
    const found: Found[] = await findByIdentity(ctx, officer, understood.value.identities);
    const [first, ...others] = found;
    if (first && others.length === 0) redirect(accountPath(first.id));
    if (first) return { values: { q: typed }, errors: {}, several: found };
    if (understood.value.surely) return wrong("search_nobody");
    const asWords = understandWords(typed);
    if (!asWords.ok) return wrong(asWords.error);
  }
  const kept = parsePersonFilters((name) => (name === "q" ? null : form.get(name)));
  redirect(peoplePath(campaignId, { ...(kept.ok ? kept.value : everyPerson), words: typed }));
}
