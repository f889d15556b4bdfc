import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { howTold, openNote, type ToldSystem } from "#lib/relying-party/logout/how-told.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { askedSignOut } from "../asked.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signOut"))("title") };
}

/** Seconds until the page looks again whether the systems know. */
const LOOKS_AGAIN_IN = 2;

/** After a sign-out: what ended, and whether each system knows. Nobody is signed in here, or no longer to one system. */
export default async function SignedOutPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { note, request } = await searchParams;
  const [ctx, session, asked, t] = await Promise.all([
    currentContext(),
    currentSession(),
    askedSignOut(request),
    getTranslations("signOut"),
  ]);
  const ended = openNote(ctx, note);
  const systems = ended ? await howTold(ctx, ended) : [];
  const system = asked?.system;
  // Come here by hand.
  if (session && !ended && !system) redirect("/sign-out");
  const words =
    system && session
      ? { heading: t("doneOneHeading", { system }), lead: t("doneOneLead") }
      : { heading: t("doneHeading"), lead: t(ended ? "doneLead" : "doneNoneLead") };
  return (
    <SignInPanel>
      {systems.some(({ state }) => state === "telling") && <meta httpEquiv="refresh" content={`${LOOKS_AGAIN_IN}`} />}
      <div className="heading-chip">
        <Chip tone="ok" icon="tick-circle" />
        <h1>{words.heading}</h1>
      </div>
      <p className="lead" role="status">
        {words.lead}
      </p>
      {systems.length > 0 && <Systems systems={systems} />}
      <div className="actions">
        <LinkButton block href={session ? "/home" : "/sign-in"}>
          {t(session ? "home" : "signIn")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}

const looks = {
  told: { tone: "ok", icon: "check" },
  telling: { tone: "info", icon: "clock" },
  later: { tone: "warn", icon: "clock" },
  never: { tone: "warn", icon: "warn" },
} as const satisfies Record<ToldSystem["state"], { tone: Tone; icon: IconName }>;

async function Systems({ systems }: { systems: readonly ToldSystem[] }) {
  const t = await getTranslations("signOut");
  const count = (state: ToldSystem["state"]) => systems.filter((system) => system.state === state).length;
  const [later, never] = [count("later"), count("never")];
  return (
    <section aria-labelledby="ended-systems" className="signed-out">
      <h2 id="ended-systems">{t("systems")}</h2>
      <ul>
        {systems.map(({ name, state }) => (
          <li key={name}>
            <b>{name}</b>
            <Badge {...looks[state]}>{t(`states.${state}`)}</Badge>
          </li>
        ))}
      </ul>
      {later > 0 && <Callout tone="warn">{t("later", { count: later })}</Callout>}
      {never > 0 && <Callout tone="warn">{t("never", { count: never })}</Callout>}
    </section>
  );
}
