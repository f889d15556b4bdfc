import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Submit } from "#components/form/submit.tsx";
import { type Door, Frame, type Tab } from "#components/layout/frame.tsx";
import { SessionWarning } from "#components/layout/session-warning.tsx";
import { isOfficialOrigin } from "#lib/kernel/official-origin.ts";
import { announcementsAt } from "#lib/server/chosen/in-force.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { endOf } from "#lib/session/session.ts";
import { messages } from "#lib/text/messages.ts";
import { type ConsoleTab, consoleTabs } from "./(console)/tabs.ts";
import { LanguageSwitch } from "./language-switch.tsx";

type Account = {
  name: string;
  /** Ends the session and leads away. */
  signOut: () => Promise<void>;
  /** The tab they are on: of their own account, or of the consoles. */
  here?: "home" | "settings" | ConsoleTab;
};

/** The frame of this deployment: the agency's name and address come from its configuration. */
export async function SiteFrame({ account, children }: { account?: Account; children: ReactNode }) {
  const [language, asked, session] = await Promise.all([getLocale(), headers(), account && currentSession()]);
  const { common, demo } = messages[language];
  const { agency, mode, origin, version } = config();
  return (
    <Frame
      words={common.frame}
      agency={{ name: language === "ms" ? agency.nameMs : agency.nameEn, address: agency.address, logo: agency.logo }}
      helpdesk={{
        name: common.helpdesk,
        days: common.helpdeskDays,
        hours: common.helpdeskHours,
        phone: agency.helpdeskPhone,
      }}
      product={common.product}
      version={version}
      phase={mode === "demo" ? demo.demo : demo.phase}
      official={isOfficialOrigin(origin) ? demo.official : undefined}
      announcements={{
        label: messages[language].administration.banner.label,
        shown: announcementsAt((await currentContext()).now()).map(({ id, level, textMs, textEn }) => ({
          id,
          level,
          levelName: messages[language].administration.announcements.levels[level],
          text: language === "ms" ? textMs : textEn,
        })),
      }}
      languageSwitch={
        <LanguageSwitch label={common.language} chosen={language} returnTo={asked.get("x-kunci-path") ?? ""} />
      }
      account={
        account && {
          name: account.name,
          ...doorsOf(language, account.here, session?.grants ?? []),
          signOut: (
            <form action={account.signOut}>
              <Submit variant="second" icon="logout" block small busy={common.signingOut}>
                {common.signOut}
              </Submit>
            </form>
          ),
        }
      }
    >
      {children}
      {account && <EndOfSession />}
    </Frame>
  );
}

/** The tabs of where somebody is, and in their menu the doors to the rest. */
function doorsOf(
  language: keyof typeof messages,
  here: Account["here"],
  grants: Parameters<typeof consoleTabs>[0],
): { tabs: Tab[]; doors: Door[] } {
  const { common, console } = messages[language];
  const own: Tab[] = [
    { href: "/home", name: common.tabs.home, here: here === "home" },
    { href: "/settings", name: common.tabs.settings, here: here === "settings" },
    { href: "/guide", name: common.frame.guide, here: false },
  ];
  const settings: Door = { href: "/settings", name: common.tabs.settings, icon: "shield" };
  const open = consoleTabs(grants);
  const [first] = open;
  if (!first) return { tabs: own, doors: [settings] };
  const inConsole = here !== undefined && here !== "home" && here !== "settings";
  return {
    tabs: inConsole ? open.map(({ tab, href }) => ({ href, name: console.tabs[tab], here: here === tab })) : own,
    doors: [
      inConsole
        ? { href: "/home", name: console.back, icon: "user" }
        : { href: first.href, name: console.door, icon: "help" },
      settings,
    ],
  };
}

/** Warns whoever is signed in before their session ends by itself. The session was asked for already. */
async function EndOfSession() {
  const [language, session, ctx] = await Promise.all([getLocale(), currentSession(), currentContext()]);
  if (!session) return null;
  const { secondsLeft } = endOf(session, ctx.now());
  return <SessionWarning secondsLeft={secondsLeft} words={messages[language].sessions.warning} />;
}
