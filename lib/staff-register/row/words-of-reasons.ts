import type { Language } from "#lib/kernel/context.ts";
import { unfitCharacter } from "#lib/kernel/person-name.ts";
import { messages } from "#lib/text/messages.ts";
import type { RowRefusal } from "./parse-row.ts";

/** Everything that is wrong with a row, in words: of a name's characters, which one it is. */
export function wordsOfReasons(
  language: Language,
  { reasons, name }: { reasons: readonly RowRefusal[]; name: string | null },
): string {
  const { wrong } = messages[language].staffRegister;
  const character = name && reasons.includes("name_characters") ? unfitCharacter(name) : null;
  return reasons
    .map((reason) => (reason === "name_characters" && character ? `${wrong[reason]}: “${character}”` : wrong[reason]))
    .join("; ");
}
