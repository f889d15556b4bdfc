import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { isUuid } from "#lib/kernel/uuid.ts";
import { listAccessRequests } from "#lib/relying-party/access/list-access-requests.ts";
import { SEARCH_ABOVE, searchSystems } from "#lib/relying-party/launchpad/group-systems.ts";
import { listAskableSystems } from "#lib/relying-party/launchpad/list-askable-systems.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../../settings/done.tsx";
import { signOut } from "../../sign-out.ts";
import { SystemSearch, soughtOf } from "../system-search.tsx";
import { AskableRow } from "./askable-row.tsx";
import { RequestRow } from "./request-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("launchpad.access"))("heading") };
}

/** What one may ask the office for, and what came of what was asked. */
export default async function AccessPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, { done, of, q }] = await Promise.all([
    requireSession("/home/access"),
    getLocale(),
    getTranslations("launchpad.access"),
    searchParams,
  ]);
  const [askable, asked] = await Promise.all([
    listAskableSystems(ctx, session.accountId),
    listAccessRequests(ctx, session.accountId),
  ]);
  const shown = asked.filter(({ state, relyingPartyId }) => isStillAbout(state, askable, relyingPartyId));
  const systems = askable.filter(({ id }) => !shown.some(({ relyingPartyId }) => relyingPartyId === id));
  const searchable = systems.length > SEARCH_ABOVE;
  const sought = searchable ? soughtOf(q) : "";
  const found = searchSystems(systems, sought);
  const name = isUuid(of) ? asked.find(({ relyingPartyId }) => relyingPartyId === of)?.system : undefined;
  const now = ctx.now();
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "home" }}>
      <div className="wrap page">
        {(done === "asked" || done === "withdrawn") && name && <Done words={t(`done.${done}`, { system: name })} />}
        <div className="page-head">
          <div>
            <h1>{t("heading")}</h1>
            <p className="sub">{t("lead", { office: session.officeName })}</p>
          </div>
        </div>
        <div className="cards access">
          {shown.length > 0 && (
            <section className="card" aria-labelledby="asked">
              <h2 className="h3" id="asked">
                {t("asked")}
              </h2>
              <ul className="mt-4">
                {shown.map((request) => (
                  <RequestRow key={request.id} request={request} now={now} language={language} />
                ))}
              </ul>
            </section>
          )}
          {systems.length > 0 ? (
            <section className="card" id="systems" aria-labelledby="askable">
              <h2 className="h3" id="askable">
                {t("askable")}
              </h2>
              <p className="muted mb-4">{t("askableText")}</p>
              {searchable && (
                <SystemSearch path="/home/access" sought={sought} found={found.length} of={systems.length} />
              )}
              <ul>
                {found.map((system) => (
                  <AskableRow key={system.id} system={system} language={language} />
                ))}
              </ul>
            </section>
          ) : (
            <div className="empty">
              <span className="chip plain">
                <Icon name={session.staffConfirmedAt ? "tick-circle" : "clock"} />
              </span>
              <h2 className="h3">{t(session.staffConfirmedAt ? "none" : "awaiting")}</h2>
              <p>{t(session.staffConfirmedAt ? "noneText" : "awaitingText")}</p>
            </div>
          )}
        </div>
        <p className="mt-6">
          <a href="/home">{t("back")}</a>
        </p>
      </div>
    </SiteFrame>
  );
}

/** One that waits is shown whatever became of the system; a refusal as long as the system may be asked for again. */
function isStillAbout(state: string, askable: readonly { id: string }[], relyingPartyId: string): boolean {
  return state === "open" || (state === "refused" && askable.some(({ id }) => id === relyingPartyId));
}
