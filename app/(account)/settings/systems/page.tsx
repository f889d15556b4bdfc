import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Icon } from "#components/ui/icon.tsx";
import { listConnectedSystems } from "#lib/relying-party/connected/list-connected-systems.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { settingsPages } from "../settings-pages.ts";
import { SystemRow } from "./system-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("systems") };
}

export default async function SystemsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, { done, of }] = await Promise.all([
    requireSession(settingsPages.systems.path),
    getLocale(),
    getTranslations("systems"),
    searchParams,
  ]);
  const systems = await listConnectedSystems(ctx);
  const ended = systems.find(({ id }) => id === of)?.name;
  return (
    <SettingsFrame here="systems">
      {done === "ended" && <Done words={ended ? t("done.ended", { system: ended }) : t("done.endedUnnamed")} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      {systems.length === 0 ? (
        <div className="empty">
          <span className="chip plain">
            <Icon name="login" />
          </span>
          <h2 className="h3">{t("none")}</h2>
          <p>{t("noneText")}</p>
          <p>{t.rich("noneHome", { a: (words) => <a href="/home">{words}</a> })}</p>
        </div>
      ) : (
        <div className="cards">
          <section className="card" aria-labelledby="yours">
            <h2 className="h3" id="yours">
              {t("yours")}
            </h2>
            <ul className="mt-4">
              {systems.map((system) => (
                <SystemRow key={system.id} system={system} now={ctx.now()} language={language} />
              ))}
            </ul>
          </section>
          <section className="card" aria-labelledby="what">
            <h2 className="h4" id="what">
              {t("whatEnds")}
            </h2>
            <p>{t("whatEndsText")}</p>
            <p className="mt-3">{t.rich("elsewhere", { a: (words) => <a href="/settings/sessions">{words}</a> })}</p>
          </section>
        </div>
      )}
    </SettingsFrame>
  );
}
