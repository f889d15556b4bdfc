import type { MoveRequestShown } from "#lib/campaign/requests/request-rows.ts";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";

/** What is asked for: "Peranan Pelulus dalam Perakaunan diberikan". */
export function matterOf(language: Language, { kind, role }: Pick<MoveRequestShown, "kind" | "role">): string {
  const name = role && (language === "ms" ? role.nameMs : role.nameEn);
  return messages[language].moveRequests.matters[kind]
    .replace("{role}", () => name ?? "")
    .replace("{system}", () => role?.system ?? "");
}
