import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { findSignOut, type OpenSystem } from "#lib/relying-party/logout/find-sign-out.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { signOutOfAll, signOutOfOne } from "./actions.ts";
import { askedSignOut } from "./asked.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signOut"))("title") };
}

/** Where a system leads somebody who pressed its sign-out. Reading it ends nothing; its buttons do. */
export default async function SignOutPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { request } = await searchParams;
  const [ctx, token, asked, t] = await Promise.all([
    currentContext(),
    readCookie("session"),
    askedSignOut(request),
    getTranslations("signOut"),
  ]);
  const open = token ? await findSignOut(ctx, token) : null;
  // Nothing to ask: back to where they came from.
  if (!open) redirect(asked?.back ?? "/sign-out/done");
  const { systems } = open;
  const system = asked?.system ?? null;
  const hidden = asked && <input type="hidden" name="request" value={String(request)} />;
  return (
    <SignInPanel>
      <h1>{t(system ? "heading" : "headingPortal")}</h1>
      <p className="lead">{system ? t("lead", { system }) : t("leadPortal")}</p>
      {systems.length > 0 && <OpenSystems systems={systems} words={{ open: t("open"), notTold: t("notTold") }} />}
      <form action={signOutOfAll} className="actions">
        {hidden}
        <Submit block busy={t("busy")}>
          {t("all")}
        </Submit>
        <p className="muted">{systems.length > 0 ? t("allText", { count: systems.length }) : t("allTextNone")}</p>
      </form>
      {system && (
        <form action={signOutOfOne} className="actions">
          {hidden}
          <Submit block variant="second" busy={t("busy")}>
            {t("one", { system })}
          </Submit>
          <p className="muted">{t("oneText", { system })}</p>
        </form>
      )}
      <div className="actions">
        <LinkButton block variant="quiet" href="/home">
          {t("stay")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}

type OpenSystemsProps = { systems: readonly OpenSystem[]; words: { open: string; notTold: string } };

function OpenSystems({ systems, words }: OpenSystemsProps) {
  return (
    <section aria-labelledby="open-systems" className="signed-out">
      <h2 id="open-systems">{words.open}</h2>
      <ul>
        {systems.map(({ relyingPartySessionId, name, isTold }) => (
          <li key={relyingPartySessionId}>
            <b>{name}</b>
            {!isTold && <span className="muted">{words.notTold}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
