import { type TokenFilters, tokenFilterPairs } from "#lib/campaign/tokens/register/token-filters.ts";
import { TOKENS_PATH } from "../campaigns/paths.ts";

export { TOKENS_PATH };
export const TOKEN_IMPORTS = `${TOKENS_PATH}/import`;
export const TOKEN_TEMPLATE = `${TOKEN_IMPORTS}/template`;
export const tokenPath = (id: string): string => `${TOKENS_PATH}/${id}`;
export const movePath = (id: string, move: string): string => `${tokenPath(id)}/${move}`;
export const receiptPath = (id: string): string => `${tokenPath(id)}/receipt`;
export const tokenImportPath = (id: string): string => `${TOKEN_IMPORTS}/${id}`;

/** The register narrowed by these, from a place on. */
export function tokenListPath(filters: TokenFilters, after: string | null = null): string {
  const pairs = tokenFilterPairs(filters);
  if (after !== null) pairs.push(["after", after]);
  return pairs.length === 0 ? TOKENS_PATH : `${TOKENS_PATH}?${new URLSearchParams(pairs)}`;
}
