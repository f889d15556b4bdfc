import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { Language } from "#lib/kernel/context.ts";
import type { KnownBrowser } from "#lib/session/list-browsers.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDay, formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { deviceIcon } from "../device-icon.ts";
import { forgetBrowser } from "./actions.ts";

type KnownBrowsersProps = { browsers: readonly KnownBrowser[]; now: Date; language: Language };

/** The browsers whose sign-in is no news. */
export async function KnownBrowsers({ browsers, now, language }: KnownBrowsersProps) {
  const t = await getTranslations("sessions");
  return (
    <section className="card" aria-labelledby="known">
      <h2 className="h3" id="known">
        {t("known")}
      </h2>
      <p className="muted">{t("knownText")}</p>
      {browsers.length === 0 ? (
        <p className="mt-3">{t("knownNone")}</p>
      ) : (
        <ul className="mt-4">
          {browsers.map(({ id, device, firstSeenAt, lastSeenAt, here }) => (
            <li key={id} className="item">
              <Chip icon={deviceIcon(device)} tone="plain" />
              <div>
                <p className="what">
                  {deviceIn(language, device)}
                  {here && <Badge tone="info">{t("thisBrowser")}</Badge>}
                </p>
                <p className="meta">
                  <span>{t("firstUsed", { at: formatDay(firstSeenAt, language) })}</span>
                  <span>{t("lastSignIn", { at: formatNear(lastSeenAt, now, language) })}</span>
                </p>
              </div>
              <form action={forgetBrowser} className="do">
                <input type="hidden" name="browserId" value={id} />
                <Submit variant="quiet" small busy={t("forgetting")}>
                  {t("forget")}
                  <span className="sr">
                    : {deviceIn(language, device)}, {t("firstUsed", { at: formatDay(firstSeenAt, language) })}
                  </span>
                </Submit>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
