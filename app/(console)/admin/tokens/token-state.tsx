import { Badge } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { TokenState } from "#lib/campaign/tokens/custody/token-machine.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const looks = {
  issued: { icon: "usb", tone: "info" },
  lost: { icon: "warn", tone: "bad" },
  misused: { icon: "warn", tone: "bad" },
  revoked: { icon: "cross", tone: "warn" },
  retired: { icon: "clock", tone: "warn" },
  returned: { icon: "check", tone: "ok" },
} as const satisfies Record<TokenState, { icon: IconName; tone: Tone }>;

/** What a hardware token is at. */
export async function TokenStateBadge({ state }: { state: TokenState }) {
  const t = await getTranslations("hardwareTokens.states");
  return <Badge {...looks[state]}>{t(state)}</Badge>;
}
