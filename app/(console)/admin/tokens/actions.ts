"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { findBySerial, listTokens } from "#lib/campaign/tokens/register/list-tokens.ts";
import { TOKEN_SEARCH_MAX, unfilteredTokens } from "#lib/campaign/tokens/register/token-filters.ts";
import { findByIdentity } from "#lib/helpdesk/search/find-by-identity.ts";
import { understandSearch } from "#lib/helpdesk/search/understand-search.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { type RefusalCode, refusalWords } from "#lib/text/refusal-words.ts";
import { TOKENS_PATH, tokenListPath, tokenPath } from "./paths.ts";

export type TokenSearchState = FormState<"q">;

/**
 * A whole serial leads to its token, an identity number to the tokens of its person, anything else to the list it narrows.
 * Posted: what may be an identity number stands in an address only where tokens have serials that begin so.
 */
export async function searchTokens(_: TokenSearchState, form: FormData): Promise<TokenSearchState> {
  const { ctx, officer } = await requireOfficer(TOKENS_PATH, "token.view");
  const words = refusalWords(ctx.request.language);
  const read = field(form, "q", { max: TOKEN_SEARCH_MAX });
  const typed = read.ok ? read.value : String(form.get("q") ?? "").slice(0, TOKEN_SEARCH_MAX);
  const wrong = (code: RefusalCode): TokenSearchState => ({ values: { q: typed }, errors: { q: words(code) } });
  if (!read.ok) return wrong(read.error === "missing" ? "search_missing" : read.error);

  const exact = await findBySerial(ctx, officer, typed);
  if (exact) redirect(tokenPath(exact));
  const narrowed = { ...unfilteredTokens, words: typed };
  const understood = understandSearch(typed);
  const mayBeIdentity = understood.ok ? understood.value.by === "identity" : understood.error !== "search_says_nothing";
  if (!mayBeIdentity) redirect(tokenListPath(narrowed));
  if ((await listTokens(ctx, officer, { filters: narrowed })).tokens.length > 0) redirect(tokenListPath(narrowed));
  if (!understood.ok) return wrong(understood.error);
  const identities = understood.value.by === "identity" ? understood.value.identities : [];
  const [holder] = await findByIdentity(ctx, officer, identities);
  if (holder) redirect(tokenListPath({ ...unfilteredTokens, holderId: holder.id }));
  return wrong("search_nobody");
}
