import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { listMoveWork } from "#lib/campaign/requests/count-requests.ts";
import { COUNTED_TO, countedWork, countWork } from "#lib/helpdesk/cases/count-work.ts";
import { listCases } from "#lib/helpdesk/cases/list-cases.ts";
import { listUnconfirmed } from "#lib/helpdesk/cases/list-unconfirmed.ts";
import { listUndeliverable } from "#lib/helpdesk/cases/list-undeliverable.ts";
import { listAccessWork } from "#lib/helpdesk/systems/list-access-work.ts";
import { listRequests } from "#lib/helpdesk/two-officers/list-requests.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { countLeavers } from "#lib/staff-register/leavers/list-leavers.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../console-frame.tsx";
import { orMissing } from "../../or-missing.tsx";
import { AccessTable } from "./access-table.tsx";
import { CasesTable } from "./cases-table.tsx";
import { MovesTable } from "./moves-table.tsx";
import { RequestsTable } from "./requests-table.tsx";
import { UnconfirmedTable } from "./unconfirmed-table.tsx";
import { UndeliverableTable } from "./undeliverable-table.tsx";
import { WorkTabs } from "./work-tabs.tsx";

/** What runs out within hours comes first. */
const shows = ["requests", "moves", "cases", "access", "unconfirmed", "undeliverable"] as const;
type Show = (typeof shows)[number];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console.tabs"))("work") };
}

const shownCount = (waiting: number): string => (waiting >= COUNTED_TO ? `${COUNTED_TO - 1}+` : String(waiting));

/** What waits for the officers of these offices, by kind: counts of all, and one list. Five queries besides the session. */
async function WorkPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, officer }, language, t, asked] = await Promise.all([
    requireOfficer("/helpdesk/work", "case.answer"),
    getLocale(),
    getTranslations("cases.work"),
    searchParams,
  ]);
  const decidesLeavers = holds(officer, "leaver.decide");
  const decidesMoves = holds(officer, "move.decide");
  const [counts, requests, moves, leavers, gone] = await Promise.all([
    countWork(ctx, officer),
    listRequests(ctx, officer),
    decidesMoves ? listMoveWork(ctx, officer) : [],
    decidesLeavers ? countLeavers(ctx, officer) : 0,
    getTranslations("staffRegister.leavers"),
  ]);
  const waiting: Record<Show, number> = {
    ...counts,
    requests: requests.length,
    moves: moves.reduce((sum, one) => sum + one.waiting, 0),
  };
  // Moves are there only while there is a campaign.
  const open = shows.filter((show) =>
    show === "requests" ? true : show === "moves" ? moves.length > 0 : holds(officer, countedWork[show]),
  );
  const show = open.find((each) => each === asked.show) ?? open.find((each) => waiting[each] > 0) ?? "cases";
  const seen = { language, now: ctx.now() };
  return (
    <ConsoleFrame here="work" heading={t("heading")} lead={t("lead")}>
      <WorkTabs
        label={t("heading")}
        items={[
          ...open.map((each) => ({
            href: `/helpdesk/work?show=${each}`,
            here: each === show,
            name: t(`${each}.name`),
            count: shownCount(waiting[each]),
          })),
          // A page of its own: many are decided together there.
          ...(decidesLeavers
            ? [{ href: "/helpdesk/leavers", here: false, name: gone("title"), count: shownCount(leavers) }]
            : []),
        ]}
      />
      <section className="card" aria-labelledby="list">
        <h2 className="h3" id="list">
          {t(`${show}.heading`)}
        </h2>
        <p className="muted">{t(`${show}.lead`)}</p>
        {waiting[show] === 0 ? <p className="mt-4">{t(`${show}.none`)}</p> : await list()}
      </section>
    </ConsoleFrame>
  );

  async function list() {
    switch (show) {
      case "cases":
        return <CasesTable rows={await listCases(ctx, officer)} {...seen} />;
      case "moves":
        return <MovesTable rows={moves} {...seen} />;
      case "access":
        return <AccessTable rows={await listAccessWork(ctx, officer)} {...seen} />;
      case "unconfirmed":
        return <UnconfirmedTable rows={await listUnconfirmed(ctx, officer)} {...seen} />;
      case "undeliverable":
        return <UndeliverableTable rows={await listUndeliverable(ctx, officer)} {...seen} />;
      default:
        return <RequestsTable rows={requests} {...seen} />;
    }
  }
}

export default orMissing(WorkPage);
