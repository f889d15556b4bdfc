import { possibleMoves, type TokenMove, type TokenState } from "#lib/campaign/tokens/custody/token-machine.ts";

/** What an officer may do with a token, as the page's address names it; what comes most often first. */
export const tokenDeeds = {
  return: "return",
  lost: "report_lost",
  misuse: "report_misuse",
  revoke: "revoke",
} as const satisfies Record<string, TokenMove>;
export type TokenDeed = keyof typeof tokenDeeds;

export const tokenDeedOf = (name: unknown): TokenDeed | undefined =>
  typeof name === "string" && Object.hasOwn(tokenDeeds, name) ? (name as TokenDeed) : undefined;

/** Those that are possible in a state. */
export function movesOf(state: TokenState): TokenDeed[] {
  const possible = possibleMoves(state);
  return (Object.keys(tokenDeeds) as TokenDeed[]).filter((deed) => possible.includes(tokenDeeds[deed]));
}
