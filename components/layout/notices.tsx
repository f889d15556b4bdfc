import { getTranslations } from "next-intl/server";
import { Badge } from "../ui/badge.tsx";
import { Icon } from "../ui/icon.tsx";

/** Above the header: how to know the real site, and what stage the service is at. */
export async function Notices({ demo, official }: { demo: boolean; official: boolean }) {
  const t = await getTranslations("demo");
  return (
    <>
      {official && (
        <details className="official">
          <summary className="wrap">
            <Icon name="shield" small />
            <span>{t("official")}</span>
            <span className="how">{t("officialHow")}</span>
            <Icon name="down" small className="chev" />
          </summary>
          <div className="wrap proof">
            <p>
              <strong>{t("officialAddress")}</strong> {t("officialAddressText")}
            </p>
            <p>
              <strong>{t("officialLock")}</strong> {t("officialLockText")}
            </p>
          </div>
        </details>
      )}
      <div className={demo ? "phase demo" : "phase"}>
        <div className="wrap">
          <Badge tone={demo ? "gold" : "info"}>{t(demo ? "demoBadge" : "phaseBadge")}</Badge>
          <p>
            {t(demo ? "demoText" : "phaseText")} {demo && <a href="/mailbox">{t("demoMailbox")}</a>}
          </p>
        </div>
      </div>
    </>
  );
}
