import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { deviceIcon } from "../device-icon.ts";
import { Item } from "./item.tsx";
import type { Seen } from "./seen.ts";

export async function SessionsCard({ survey: { sessions, sessionCount }, now, language }: Seen) {
  const t = await getTranslations("settings.overview");
  return (
    <section className="card" aria-labelledby="sessions">
      <div className="card-head">
        <h2 className="h3" id="sessions">
          {t("sessions")}
        </h2>
        <LinkButton variant="second" small href="/settings/sessions">
          {t("seeSessions")}
        </LinkButton>
      </div>
      <ul>
        {sessions.map(({ id, device, lastSeenAt, here }) => (
          <Item
            key={id}
            icon={deviceIcon(device)}
            name={deviceIn(language, device)}
            badge={here && <Badge tone="ok">{t("thisSession")}</Badge>}
            facts={[here ? t("activeNow") : t("activeAt", { at: formatNear(lastSeenAt, now, language) })]}
          />
        ))}
      </ul>
      {sessionCount > sessions.length && (
        <p className="more">{t("moreSessions", { count: sessionCount - sessions.length })}</p>
      )}
    </section>
  );
}
