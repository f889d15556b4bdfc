import type { ReactNode } from "react";
import { signOut } from "#app/(account)/sign-out.ts";
import { SiteFrame } from "#app/site-frame.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { ConsoleTab } from "./tabs.ts";

type Crumb = { href: string; name: string };

type ConsoleFrameProps = {
  here: ConsoleTab;
  /** The pages above this one, the highest first. */
  above?: readonly Crumb[];
  heading: ReactNode;
  /** A line below the heading. */
  lead?: ReactNode;
  /** Beside the heading: a state, or what is done with the page as a whole. */
  beside?: ReactNode;
  children: ReactNode;
};

/** Around every page of the consoles: its tabs, where it stands, and its heading. Who may see it the page has asked. */
export async function ConsoleFrame({ here, above = [], heading, lead, beside, children }: ConsoleFrameProps) {
  const [t, session] = await Promise.all([getTranslations("console"), currentSession()]);
  return (
    <SiteFrame account={{ name: session?.fullName ?? "", signOut, here }}>
      <div className="wrap page console">
        {above.length > 0 && (
          <nav className="crumbs" aria-label={t("crumbs")}>
            <ol>
              {above.map(({ href, name }) => (
                <li key={href}>
                  <a href={href}>{name}</a> <Icon name="next" small />
                </li>
              ))}
              <li aria-current="page">{heading}</li>
            </ol>
          </nav>
        )}
        <div className="page-head">
          <div>
            <h1>{heading}</h1>
            {lead && <p className="sub">{lead}</p>}
          </div>
          {beside && <div className="beside">{beside}</div>}
        </div>
        {children}
      </div>
    </SiteFrame>
  );
}
