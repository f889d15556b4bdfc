import { Badge } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { ShownImport } from "#lib/staff-register/import/view-import.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const looks: Record<ShownImport["state"], { tone?: Tone; icon: IconName }> = {
  receiving: { tone: "info", icon: "clock" },
  reading: { tone: "info", icon: "clock" },
  columns: { tone: "warn", icon: "edit" },
  ready: { tone: "warn", icon: "eye" },
  applying: { tone: "info", icon: "clock" },
  applied: { tone: "ok", icon: "check" },
  refused: { tone: "bad", icon: "cross" },
  discarded: { icon: "trash" },
};

/** How far a file has come, in a word or two. */
export async function ImportState({ state }: { state: ShownImport["state"] }) {
  const t = await getTranslations("staffRegister.states");
  return <Badge {...looks[state]}>{t(state)}</Badge>;
}
