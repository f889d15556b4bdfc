"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { unfiltered } from "#lib/helpdesk/search/filters.ts";
import { type Found, findByIdentity } from "#lib/helpdesk/search/find-by-identity.ts";
import { SEARCH_MAX, understandSearch, understandWords } from "#lib/helpdesk/search/understand-search.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { type RefusalCode, refusalWords } from "#lib/text/refusal-words.ts";
import { ACCOUNTS_PATH, accountPath } from "./accounts/[account]/paths.ts";
import { listPath } from "./list-path.ts";

export type SearchState = FormState<"q"> & { several?: Found[] };

/**
 * A number leads to its account at once and never into an address; words lead to the list they narrow. Posted, so that what
 * was typed is understood before it could stand in an address.
 */
export async function searchAccounts(_: SearchState, form: FormData): Promise<SearchState> {
  const { ctx, officer } = await requireOfficer(ACCOUNTS_PATH, "account.view");
  const words = refusalWords(ctx.request.language);
  const read = field(form, "q", { max: SEARCH_MAX });
  const typed = read.ok ? read.value : String(form.get("q") ?? "").slice(0, SEARCH_MAX);
  const wrong = (code: RefusalCode): SearchState => ({ values: { q: typed }, errors: { q: words(code) } });
  if (!read.ok) return wrong(read.error === "missing" ? "search_missing" : read.error);

  const understood = understandSearch(typed);
  if (!understood.ok) return wrong(understood.error);
  if (understood.value.by === "identity") {
    const found = await findByIdentity(ctx, officer, understood.value.identities);
    const [first, ...others] = found;
    if (first && others.length === 0) redirect(accountPath(first.id));
    if (first) return { values: { q: typed }, errors: {}, several: found };
    if (understood.value.surely) return wrong("search_nobody");
    const asWords = understandWords(typed);
    if (!asWords.ok) return wrong(asWords.error);
  }
  redirect(listPath({ ...unfiltered, words: typed }));
}
