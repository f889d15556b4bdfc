import { signOut } from "#app/(account)/sign-out.ts";
import { SiteFrame } from "#app/site-frame.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { consoleTabs } from "./tabs.ts";

/**
 * What is not there, and what is not there for them: the same page, and nothing to tell one from the other. Whoever holds no
 * role is told that instead, on every page of the consoles alike.
 */
export async function ConsoleMissing() {
  const [t, session] = await Promise.all([getTranslations("console"), currentSession()]);
  const [tab] = consoleTabs(session?.grants ?? []);
  const said = session?.grants.length === 0 ? "noRole" : "missing";
  const back = tab ? { href: tab.href, name: t("missing.back") } : { href: "/home", name: t("back") };
  return (
    <SiteFrame {...(session && { account: { name: session.fullName, signOut, ...(tab && { here: tab.tab }) } })}>
      <SignInPanel wide>
        <h1>{t(`${said}.heading`)}</h1>
        <p className="lead">{t(`${said}.text`)}</p>
        <div className="actions">
          <LinkButton href={back.href}>{back.name}</LinkButton>
        </div>
      </SignInPanel>
    </SiteFrame>
  );
}
