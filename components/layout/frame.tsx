import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Icon, Mark } from "../ui/icon.tsx";
import { initials } from "../ui/initials.ts";
import { Footer } from "./footer.tsx";
import { Notices } from "./notices.tsx";

/** What the frame says of the agency, in the reader's language. */
export type FrameAgency = { name: string; address: string; logo?: string | undefined; helpdeskPhone: string };

export type FrameProps = {
  agency: FrameAgency;
  /** The demonstration says on every page that it is one. */
  demo: boolean;
  /** Whether the configured origin is a real government address (`isOfficialOrigin`). */
  official: boolean;
  version: string;
  /** In the agency's zone; for the footer. */
  year: string;
  languageSwitch: ReactNode;
  /** Somebody has signed in. `signOut` is the form that ends the session; `here` the tab they are on. */
  account?: { name: string; signOut: ReactNode; here?: "home" | undefined } | undefined;
  children: ReactNode;
};

/** Around every page: what this is, whose it is, the language, help, and the agency's address. */
export async function Frame({ agency, demo, official, version, year, languageSwitch, account, children }: FrameProps) {
  const t = await getTranslations("common");
  return (
    <>
      <header>
        <a className="skip" href="#main">
          {t("skip")}
        </a>
        <Notices demo={demo} official={official} />
        <div className="top">
          <div className="wrap">
            <a className="brand" href={account ? "/home" : "/"}>
              {/* biome-ignore lint/performance/noImgElement: the agency's own file, served as it is */}
              {agency.logo ? <img className="mark" src={agency.logo} alt="" width={40} height={40} /> : <Mark />}
              <span className="sr">{t("toHome")}</span>
              <span className="name">
                <b>{t("product")}</b> <span>{agency.name}</span>
              </span>
            </a>
            <a className="top-link" href="/guide">
              <Icon name="help" />
              <span className="wide">{t("help")}</span> <span className="sr">{t("helpMore")}</span>
            </a>
            {languageSwitch}
            {account && (
              <details className="me">
                <summary>
                  <span className="avatar" aria-hidden>
                    {initials(account.name)}
                  </span>
                  <span className="sr">{t("accountMenu")}</span> <span className="nm">{account.name}</span>
                  <Icon name="down" small />
                </summary>
                <div className="me-panel">
                  <p>{account.name}</p>
                  {account.signOut}
                </div>
              </details>
            )}
          </div>
        </div>
        {account && (
          <nav className="tabs" aria-label={t("tabs")}>
            <ul className="wrap">
              <li>
                <a href="/home" aria-current={account.here === "home" ? "page" : undefined}>
                  {t("tabHome")}
                </a>
              </li>
              <li>
                <a href="/guide">{t("guide")}</a>
              </li>
            </ul>
          </nav>
        )}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer agency={agency} version={version} year={year} />
    </>
  );
}
