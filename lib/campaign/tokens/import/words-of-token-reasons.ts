import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import type { JudgedToken } from "./judge-tokens.ts";
import type { TokenRowRefusal } from "./parse-token-row.ts";

/** Everything that is wrong with a line, in words: of a serial that stands twice, on which other line. */
export function wordsOfTokenReasons(
  language: Language,
  { reasons, other }: Pick<JudgedToken, "reasons" | "other">,
): string {
  const words = messages[language];
  const all: Record<TokenRowRefusal, string> = { ...words.staffRegister.wrong, ...words.hardwareTokens.import.wrong };
  return reasons.map((reason) => all[reason].replace("{line}", String(other ?? ""))).join("; ");
}
