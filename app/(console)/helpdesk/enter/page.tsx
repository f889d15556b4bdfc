import type { Metadata } from "next";
import { signOut } from "#app/(account)/sign-out.ts";
import { SiteFrame } from "#app/site-frame.tsx";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { isReturnPath } from "#lib/kernel/return-path.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { enterConsole } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console"))("enter.title") };
}

/** The session has not proven what the consoles ask for: one button leads through what is missing, and back to `to`. */
export default async function EnterPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ session }, t, { to }] = await Promise.all([
    requireSession("/helpdesk"),
    getTranslations("console"),
    searchParams,
  ]);
  return (
    <SiteFrame account={{ name: session.fullName, signOut }}>
      <SignInPanel>
        <h1>{t("enter.heading")}</h1>
        <p className="lead">{t("enter.lead")}</p>
        <form action={enterConsole}>
          <input type="hidden" name="to" value={isReturnPath(to) ? to : "/helpdesk"} />
          <div className="actions">
            <Submit block busy={t("enter.submitting")}>
              {t("enter.submit")}
            </Submit>
          </div>
        </form>
      </SignInPanel>
    </SiteFrame>
  );
}
