import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { type CurrentExport, currentExport, EXPORT_LIFETIME } from "#lib/account/data-export/current-export.ts";
import { minutes } from "#lib/kernel/time.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { makeCopy } from "./actions.ts";
import { LookAgain } from "./look-again.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dataExport"))("title") };
}

const facts = { minutes: EXPORT_LIFETIME / minutes(1), aDay: limits.dataExports.points };
const notices = ["tooMany", "gone"] as const;
const held = ["account", "authenticators", "use", "activity"] as const;

export default async function DataPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, t, asked] = await Promise.all([
    requireSession("/settings/data"),
    getTranslations("dataExport"),
    searchParams,
  ]);
  const copy = await currentExport(ctx);
  const notice = notices.find((each) => each === asked.notice);
  return (
    <SettingsFrame here="data">
      {asked.done === "made" && copy?.state === "ready" && <Done words={t("done")} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        {notice && (
          <div role="alert">
            <Callout tone="warn">{t(`notice.${notice}`, facts)}</Callout>
          </div>
        )}
        {copy && <Copy copy={copy} />}
        <section className="card" aria-labelledby="what">
          <h2 className="h3" id="what">
            {t("what")}
          </h2>
          <ul className="ready mt-3">
            {held.map((part) => (
              <li key={part}>
                <Icon name="check" />
                <span>{t(`held.${part}`)}</span>
              </li>
            ))}
          </ul>
          <p className="mt-4">{t("leftOut")}</p>
          <form action={makeCopy} className="actions">
            <Submit variant={copy?.state === "ready" ? "second" : "primary"} busy={t("making")}>
              {t(copy ? "again" : "make")}
            </Submit>
          </form>
          <p className="muted mt-4">{t("safe", facts)}</p>
        </section>
      </div>
    </SettingsFrame>
  );
}

async function Copy({ copy }: { copy: CurrentExport }) {
  const [t, language] = await Promise.all([getTranslations("dataExport"), getLocale()]);
  if (copy.state === "making")
    return (
      <section className="card" role="status">
        <h2 className="h3">{t("under")}</h2>
        <p>{t("underText", { at: formatDate(copy.requestedAt, language) })}</p>
        <p className="actions">
          <LinkButton variant="second" icon="again" href="/settings/data">
            {t("look")}
          </LinkButton>
        </p>
        <LookAgain seconds={3} />
      </section>
    );
  return (
    <section className="card" aria-labelledby="ready">
      <h2 className="h3" id="ready">
        {t("ready")}
      </h2>
      <p>{t("readyText", { at: formatDate(copy.readyAt, language), until: formatDate(copy.until, language) })}</p>
      <p className="actions">
        <LinkButton icon="download" href={`/settings/data/${copy.id}`} download>
          {t("download", { kilobytes: Math.max(1, Math.round(copy.size / 1_000)) })}
        </LinkButton>
      </p>
    </section>
  );
}
