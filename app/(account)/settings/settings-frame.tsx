import type { ReactNode } from "react";
import { SiteFrame } from "#app/site-frame.tsx";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { MoveBack } from "../move-back.tsx";
import { RecoveryBanner } from "../recovery-banner.tsx";
import { signOut } from "../sign-out.ts";
import { SettingsNav } from "./settings-nav.tsx";
import { type SettingsPage, settingsGroups, settingsPages } from "./settings-pages.ts";
import { SystemWaits } from "./system-waits.tsx";

type SettingsFrameProps = { here: SettingsPage; children: ReactNode };

/**
 * Around every page of the settings: the way between them, and nobody but the owner. The session is asked for once a
 * request, whoever asks; the page itself has the `h1`.
 */
export async function SettingsFrame({ here, children }: SettingsFrameProps) {
  const [{ ctx, session }, t] = await Promise.all([
    requireSession(settingsPages[here].path),
    getTranslations("settings"),
  ]);
  const listed = (Object.keys(settingsPages) as SettingsPage[]).filter((page) => page !== "google" || config().google);
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "settings" }}>
      <div className="wrap page">
        <div className="settings">
          <SettingsNav
            label={t("title")}
            here={here}
            groups={settingsGroups.map((group) => ({
              name: t(`groups.${group}`),
              items: listed
                .filter((page) => settingsPages[page].group === group)
                .map((page) => ({ page, ...settingsPages[page], name: t(`pages.${page}`) })),
            }))}
          />
          <div className="settings-body">
            {session.recoveryWaits && <RecoveryBanner ctx={ctx} />}
            <SystemWaits />
            <MoveBack />
            {children}
          </div>
        </div>
      </div>
    </SiteFrame>
  );
}
