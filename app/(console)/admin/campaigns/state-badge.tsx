import { Badge } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { CampaignState } from "#lib/campaign/board/list-boards.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const looks = {
  draft: { icon: "edit" },
  announced: { icon: "flag", tone: "info" },
  running: { icon: "arrow", tone: "ok" },
  closed: { icon: "lock" },
} as const satisfies Record<CampaignState, { icon: IconName; tone?: Tone }>;

/** What a campaign is at. */
export async function CampaignStateBadge({ state }: { state: CampaignState }) {
  const t = await getTranslations("campaignBoard.states");
  return <Badge {...looks[state]}>{t(state)}</Badge>;
}
