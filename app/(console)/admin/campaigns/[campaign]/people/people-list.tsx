import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { hindranceOf } from "#lib/campaign/board/hindrances.ts";
import type { PeoplePage } from "#lib/campaign/board/people/list-people.ts";
import { type PersonFilters, type PersonState, personPairs } from "#lib/campaign/board/people/person-filters.ts";
import type { ListedPerson } from "#lib/campaign/board/people/read-people.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { accountPath } from "../../../../helpdesk/accounts/[account]/paths.ts";
import { exportPath, peoplePath } from "../../paths.ts";

type Seen = { filters: PersonFilters; language: Language; now: Date };

/** A page of the list, the ways to read on, and the list as a file for whoever may have it. */
export async function PeopleList({ page, mayExport, ...seen }: Seen & { page: PeoplePage; mayExport: boolean }) {
  const t = await getTranslations("campaignBoard.people");
  const { id } = page.campaign;
  const { filters } = seen;
  return (
    <section className="card found" aria-labelledby="found">
      <div className="found-head">
        <h2 className="h3" id="found">
          {filters.words === null
            ? t("count", { count: page.found })
            : `${t("searched", { words: filters.words })} · ${t("count", { count: page.found })}`}
        </h2>
        {filters.words !== null && <a href={peoplePath(id, { ...filters, words: null })}>{t("clearSearch")}</a>}
      </div>
      {page.people.length === 0 ? (
        <div className="empty">
          <Chip icon="user" tone="plain" />
          <h3 className="h4">{t("emptyHeading")}</h3>
          <p>{t("emptyText")}</p>
          {personPairs(filters).length > 0 && (
            <LinkButton variant="second" href={peoplePath(id, {})}>
              {t("all")}
            </LinkButton>
          )}
        </div>
      ) : (
        <People people={page.people} {...seen} />
      )}
      {(page.before !== null || page.after !== null) && (
        <nav className="actions" aria-label={t("pages")}>
          {page.before !== null && (
            <LinkButton variant="second" href={peoplePath(id, filters, page.before)} rel="prev">
              {t("previous")}
            </LinkButton>
          )}
          {page.after !== null && (
            <LinkButton variant="second" href={peoplePath(id, filters, page.after)} rel="next">
              {t("next")}
            </LinkButton>
          )}
        </nav>
      )}
      {mayExport && page.people.length > 0 && (
        <p className="export">
          <LinkButton variant="quiet" icon="download" href={exportPath(id, filters)} download>
            {t("export")}
          </LinkButton>
          <span className="muted">{t("exportHint")}</span>
        </p>
      )}
    </section>
  );
}

async function People({ people, language, now }: Omit<Seen, "filters"> & { people: readonly ListedPerson[] }) {
  const t = await getTranslations("campaignBoard.people");
  return (
    <Table
      className="people"
      heads={[t("name"), t("office"), t("state"), t("missing"), t("letter")]}
      rows={people.map((person) => ({
        key: person.id,
        cells: [
          <span className="named" key="named">
            <a href={accountPath(person.id)}>{person.fullName}</a>
            <span className="num muted">{person.identity}</span>
          </span>,
          <span key="office">
            {person.officeCode} {person.officeName}
            <span className="note">
              {person.phaseNumber === null ? t("noPhase") : t("phase", { number: person.phaseNumber })}
            </span>
          </span>,
          <State key="state" state={person.state} />,
          <Left key="left" person={person} language={language} now={now} />,
          person.lastLetterAt ? (
            <span key="letter" className="num">
              {formatNear(person.lastLetterAt, now, language)}
            </span>
          ) : (
            <span key="letter" className="muted">
              {t("never")}
            </span>
          ),
        ],
      }))}
    />
  );
}

const looks = {
  done: { tone: "ok", icon: "check" },
  under_way: { tone: "warn", icon: "clock" },
  not_begun: { icon: "circle" },
  left: { icon: "cross" },
} as const satisfies Record<PersonState, { tone?: Tone; icon: IconName }>;

async function State({ state }: { state: PersonState }) {
  const t = await getTranslations("campaignBoard.personStates");
  return <Badge {...looks[state]}>{t(state)}</Badge>;
}

/** What holds somebody up first, and what else there is. */
async function Left({ person, language, now }: Omit<Seen, "filters"> & { person: ListedPerson }) {
  const [t, hindrances, needs] = await Promise.all([
    getTranslations("campaignBoard.people"),
    getTranslations("campaignBoard.hindrances"),
    getTranslations("campaignBoard.needs"),
  ]);
  if (person.heldUpBy === null)
    return (
      <span className="muted">
        {person.completedAt ? t("completed", { at: formatNear(person.completedAt, now, language) }) : t("nothing")}
      </span>
    );
  const rest = person.missing.filter((need) => need !== person.heldUpBy);
  return (
    <span>
      {hindrances(hindranceOf(person.heldUpBy))}
      {rest.length > 0 && <span className="note">{rest.map((need) => needs(need)).join(", ")}</span>}
    </span>
  );
}
