import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findBoard } from "#lib/campaign/board/find-board.ts";
import { type CandidatesWanted, listCandidates } from "#lib/campaign/requests/list-candidates.ts";
import { listMoveRoles } from "#lib/campaign/requests/list-roles.ts";
import { namesIdentity, SEARCH_MAX } from "#lib/helpdesk/search/understand-search.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { ConsoleFrame } from "../../../../../console-frame.tsx";
import { accountPath } from "../../../../../helpdesk/accounts/[account]/paths.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../../../paths.ts";
import { preparePath, requestsPath } from "../paths.ts";
import { PrepareForm } from "./form.tsx";
import { SearchForm } from "./search-form.tsx";

type PageProps = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("moveRequests"))("new.title") };
}

/** Whom the list is of: who waits to be put forward, where nothing else is asked for. A number never stands in an address. */
function wantedOf(asked: Record<string, unknown>): CandidatesWanted {
  if (isUuid(asked.person)) return { person: asked.person };
  const words = typeof asked.q === "string" ? asked.q.slice(0, SEARCH_MAX).trim() : "";
  return words !== "" && !namesIdentity(words) ? { words } : { held: true };
}

/** People are chosen, one or many, and what is asked for them is prepared for an AP to confirm. */
async function PreparePage({ params, searchParams }: PageProps) {
  const [{ campaign: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(preparePath(id), "move.request"),
    getLocale(),
    getTranslations("moveRequests"),
    getTranslations("campaignBoard.list"),
  ]);
  const found = await findBoard(ctx, id, "move.request");
  if (!found.ok) notFound();
  const { officer, campaign } = found.value;
  const wanted = wantedOf(asked);
  const from = typeof asked.from === "string" ? asked.from : null;
  const [{ candidates, next }, roles] = await Promise.all([
    listCandidates(ctx, officer, id, wanted, from),
    listMoveRoles(ctx, id),
  ]);
  const { form, moveRequests, console } = messages[language];
  const words = moveRequests.new;
  const onward = new URLSearchParams([
    ...("words" in wanted ? [["q", wanted.words]] : []),
    ...(next ? [["from", next]] : []),
  ]).toString();
  const summary = { one: form.errorOne, many: form.errorMany };
  const isOpen = campaign.state === "announced" || campaign.state === "running";
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(id), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
        { href: requestsPath(id), name: t("title") },
      ]}
      heading={t("new.heading")}
      lead={t("new.lead")}
    >
      {!isOpen && <Callout tone="warn">{refusalWords(language)("campaign_over")}</Callout>}
      <SearchForm campaign={id} words={words} summary={summary} typed={"words" in wanted ? wanted.words : ""} />
      {!("held" in wanted) && (
        <p className="requests-all">
          <a href={preparePath(id)}>{t("new.showHeld")}</a>
        </p>
      )}
      {candidates.length === 0 ? (
        <section className="card">
          <div className="empty">
            <h2 className="h3">{t("held" in wanted ? "new.noneHeld" : "new.noneFound")}</h2>
            <p>{t("held" in wanted ? "new.noneHeldText" : "new.noneFoundText")}</p>
          </div>
        </section>
      ) : (
        <PrepareForm
          campaign={id}
          heading={t("held" in wanted ? "new.heldHeading" : "new.foundHeading", { count: candidates.length })}
          one={candidates.length === 1}
          words={words}
          heads={moveRequests.heads}
          reason={console.reason}
          summary={summary}
          roles={roles.map((role) => ({
            value: role.id,
            label: `${role.system}: ${language === "ms" ? role.nameMs : role.nameEn}`,
          }))}
          people={candidates.map((person) => ({
            id: person.id,
            name: person.fullName,
            identity: person.identity,
            office: person.office,
            href: accountPath(person.id),
            tick: t("tick", { name: person.fullName }),
            may: person.may,
            enrolment: person.enrolment && t(`new.enrolments.${person.enrolment}`),
            roles: person.roles.map((role) => `${role.system}: ${language === "ms" ? role.nameMs : role.nameEn}`),
          }))}
        />
      )}
      {next && (
        <p className="register-other">
          <LinkButton variant="second" href={`${preparePath(id)}?${onward}`}>
            {t("next")}
          </LinkButton>
        </p>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(PreparePage);
