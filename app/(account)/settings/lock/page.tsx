import type { Metadata } from "next";
import { WayBack } from "#app/(public)/lock/way-back.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { lockNow } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("lock") };
}

/** What locking does and how one comes back, before the one button. */
export default async function LockPage() {
  const [t] = await Promise.all([getTranslations("lock.settings"), requireSession("/settings/lock")]);
  return (
    <SettingsFrame here="lock">
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        <section className="card" aria-labelledby="then">
          <h2 className="h3" id="then">
            {t("then")}
          </h2>
          <ul className="ready mt-3">
            {(["signOut", "nobody", "stops", "told"] as const).map((step) => (
              <li key={step}>
                <Icon name="check" />
                <span>{t(`steps.${step}`)}</span>
              </li>
            ))}
          </ul>
          <form action={lockNow} className="actions">
            <Submit variant="danger" icon="lock" busy={t("busy")}>
              {t("button")}
            </Submit>
          </form>
          <p className="muted mt-4">{t.rich("less", { a: (words) => <a href="/settings/sessions">{words}</a> })}</p>
        </section>
        <section className="card" aria-labelledby="back">
          <h2 className="h3" id="back">
            {t("wayBack")}
          </h2>
          <WayBack />
        </section>
      </div>
    </SettingsFrame>
  );
}
