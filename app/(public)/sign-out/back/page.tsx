import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { askedSignOut } from "../asked.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signOut"))("title") };
}

/**
 * Leads back to the system by itself. A page and no redirect: whoever arrives here from a form may not be redirected to
 * another origin (the portal's `form-action` is its own).
 */
export default async function SignOutBackPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { request, what } = await searchParams;
  const [asked, session, t] = await Promise.all([askedSignOut(request), currentSession(), getTranslations("signOut")]);
  if (!asked?.back) redirect("/sign-out/done");
  const { back, system } = asked;
  // Whatever the address says, nobody who is signed in is told that everything has ended.
  const isOne = what === "one" || session !== null;
  return (
    <SignInPanel>
      <meta httpEquiv="refresh" content={`0;url=${back}`} />
      <h1>{system ? t("backHeading", { system }) : t("backHeadingUnnamed")}</h1>
      <p className="lead" role="status">
        {isOne && system ? t("backOne", { system }) : t("backAll")}
      </p>
      <div className="actions">
        <LinkButton block href={back}>
          {t("backSubmit")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
