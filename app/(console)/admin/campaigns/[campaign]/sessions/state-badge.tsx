import { Badge } from "#components/ui/badge.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { lookOf } from "./look.ts";

const looks = {
  to_come: { tone: "info", icon: "calendar" },
  today: { tone: "ok", icon: "clock" },
  over: { icon: "check" },
  cancelled: { tone: "bad", icon: "cross" },
} as const;

export async function SessionBadge({ look }: { look: ReturnType<typeof lookOf> }) {
  const t = await getTranslations("onsite.states");
  return <Badge {...looks[look]}>{t(look)}</Badge>;
}
