// In the browser's share for its weight, not for any behaviour: an element made by the server travels twice, as HTML
// and as data, and the frame is a good part of every page. This way the data holds its words only.
"use client";
import type { ReactNode } from "react";
import { Icon, type IconName, Mark } from "../ui/icon.tsx";
import { initials } from "../ui/initials.ts";
import { type AnnouncementShown, Announcements } from "./announcements.tsx";
import { Footer } from "./footer.tsx";
import { Official, type OfficialWords, Phase, type PhaseWords } from "./notices.tsx";

export type FrameWords = Record<
  | "skip"
  | "toHome"
  | "help"
  | "helpMore"
  | "accountMenu"
  | "tabs"
  | "footerLabel"
  | "guide"
  | "call"
  | "accessibility"
  | "privacy"
  | "security"
  | "version",
  string
>;

/** `here`: the page is one of it. */
export type Tab = { href: string; name: string; here: boolean };
export type Door = { href: string; name: string; icon: IconName };

export type FrameProps = {
  words: FrameWords;
  /** In the reader's language. `logo` is a path of this portal. */
  agency: { name: string; address: string; logo?: string | undefined };
  helpdesk: { name: string; days: string; hours: string; phone: string };
  product: string;
  version: string;
  phase: PhaseWords;
  official?: OfficialWords | undefined;
  /** What the agency tells everybody just now. */
  announcements: { label: string; shown: readonly AnnouncementShown[] };
  languageSwitch: ReactNode;
  /** Somebody has signed in. `signOut` is the form that ends the session; `doors` stand above it, `tabs` on every page. */
  account?: { name: string; signOut: ReactNode; tabs: readonly Tab[]; doors: readonly Door[] } | undefined;
  children: ReactNode;
};

/** Around every page: what this is, whose it is, the language, help, and the agency's address. */
export function Frame({
  words,
  agency,
  helpdesk,
  product,
  version,
  phase,
  official,
  announcements,
  languageSwitch,
  account,
  children,
}: FrameProps) {
  return (
    <>
      <header>
        <a className="skip" href="#main">
          {words.skip}
        </a>
        {official && <Official words={official} />}
        <Phase words={phase} />
        <Announcements announcements={announcements.shown} label={announcements.label} />
        <div className="top">
          <div className="wrap">
            <a className="brand" href={account ? "/home" : "/"}>
              {/* biome-ignore lint/performance/noImgElement: the agency's own file, served as it is */}
              {agency.logo ? <img className="mark" src={agency.logo} alt="" width={40} height={40} /> : <Mark />}
              <span className="sr">{words.toHome}</span>
              <span className="name">
                <b>{product}</b> <span>{agency.name}</span>
              </span>
            </a>
            <a className="top-link" href="/guide">
              <Icon name="help" />
              <span className="wide">{words.help}</span> <span className="sr">{words.helpMore}</span>
            </a>
            {languageSwitch}
            {account && (
              <details className="me">
                <summary>
                  <span className="avatar" aria-hidden>
                    {initials(account.name)}
                  </span>
                  <span className="sr">{words.accountMenu}</span> <span className="nm">{account.name}</span>
                  <Icon name="down" small />
                </summary>
                <div className="me-panel">
                  <p>{account.name}</p>
                  {account.doors.map(({ href, name, icon }) => (
                    <a key={href} className="btn btn-quiet btn-s" href={href}>
                      <Icon name={icon} small />
                      {name}
                    </a>
                  ))}
                  {account.signOut}
                </div>
              </details>
            )}
          </div>
        </div>
        {account && (
          <nav className="tabs" aria-label={words.tabs}>
            <div className="wrap">
              <ul>
                {account.tabs.map(({ href, name, here }) => (
                  <li key={href}>
                    <a href={href} aria-current={here ? "page" : undefined}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          </nav>
        )}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer words={words} agency={agency} helpdesk={helpdesk} version={version} />
    </>
  );
}
