import { getTranslations } from "next-intl/server";
import { PhoneLink } from "../ui/phone-link.tsx";
import type { FrameAgency } from "./frame.tsx";

/** The songket strip, the agency's address, the helpdesk, the four links and the version. */
export async function Footer({ agency, version, year }: { agency: FrameAgency; version: string; year: string }) {
  const t = await getTranslations("common");
  return (
    <footer className="foot">
      <div className="wajik" />
      <div className="wrap">
        <div className="cols">
          <div>
            <h2>{agency.name}</h2>
            <address>{agency.address}</address>
          </div>
          <div>
            <h2>{t("helpdesk")}</h2>
            <p className="muted">
              {t("helpdeskDays")}
              <br />
              {t("helpdeskHours")}
            </p>
            <PhoneLink phone={agency.helpdeskPhone} />
          </div>
          <nav aria-label={t("footerLabel")}>
            <ul className="links">
              <li>
                <a href="/guide">{t("guide")}</a>
              </li>
              <li>
                <a href="/accessibility">{t("accessibility")}</a>
              </li>
              <li>
                <a href="/privacy">{t("privacy")}</a>
              </li>
              <li>
                <a href="/security">{t("security")}</a>
              </li>
            </ul>
          </nav>
        </div>
        <div className="base">
          <p>
            © {year} {agency.name}
          </p>
          <p>{t("version", { version })}</p>
        </div>
      </div>
    </footer>
  );
}
