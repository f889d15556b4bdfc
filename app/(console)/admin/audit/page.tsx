import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { ConsoleFrame } from "#app/(console)/console-frame.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { topics } from "#lib/account/activity/topics.ts";
import { searchTrail } from "#lib/helpdesk/audit-trail/search-trail.ts";
import {
  auditTypesAbout,
  doers,
  everything,
  filterIn,
  outcomes,
  queryOf,
} from "#lib/helpdesk/audit-trail/trail-filter.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../or-missing.tsx";
import { EventsTable } from "./events-table.tsx";
import { AuditForm } from "./form.tsx";
import { AUDIT_PATH, auditPath, eventIn, exportPath } from "./paths.ts";
import { nameOfType } from "./words-of-trail.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

/** The whole trail, for those who may read it; what is looked at of it stands in the address. */
async function AuditPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, asked] = await Promise.all([
    requireOfficer(AUDIT_PATH, "audit.read"),
    getLocale(),
    getTranslations("audit"),
    searchParams,
  ]);
  const filter = filterIn(asked);
  const before = eventIn(asked.before);
  const found = await searchTrail(ctx, filter, before);
  if (!found.ok) notFound();
  const { events, more, people, seal } = found.value;
  const last = events.at(-1);
  const chosen = (part: "whom" | "who") => {
    const id = filter[part];
    if (id === null) return undefined;
    const name = people.get(id) ?? t("form.nameless", { id: id.slice(-6) });
    return { id, now: t("form.now", { name }), drop: auditPath({ ...filter, [part]: null }) };
  };
  const { form, audit } = messages[language];
  const { now: _, nameless: __, allOf: ___, ...words } = audit.form;
  const nameOf = nameOfType(language);
  return (
    <ConsoleFrame
      here="audit"
      heading={t("heading")}
      lead={t("lead")}
      beside={(["csv", "jsonl"] as const).map((format) => (
        <LinkButton key={format} variant="second" icon="download" href={exportPath(filter, format)} download>
          {t(format === "csv" ? "exportCsv" : "exportJsonl")}
        </LinkButton>
      ))}
    >
      <AuditForm
        key={queryOf(filter)}
        now={{
          by: filter.by ?? "",
          about: filter.about ?? "",
          outcome: filter.outcome ?? "",
          from: filter.from ?? "",
          until: filter.until ?? "",
        }}
        people={{ ...opt("whom", chosen("whom")), ...opt("who", chosen("who")) }}
        options={{
          by: doers.map((value) => ({ value, label: t(`doers.${value}`) })),
          outcome: outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) })),
          about: topics.map((topic) => ({
            label: t(`topics.${topic}`),
            of: [
              { value: topic, label: t("form.allOf", { topic: t(`topics.${topic}`) }) },
              ...auditTypesAbout(topic)
                .map((type) => ({ value: type, label: nameOf(type) }))
                .toSorted((a, b) => a.label.localeCompare(b.label, language)),
            ],
          })),
        }}
        words={words}
        summary={{ one: form.errorOne, many: form.errorMany }}
        clear={AUDIT_PATH}
        again={auditPath(filter)}
      />
      <section className="card" aria-labelledby="results">
        <div className="card-head">
          <h2 className="h3" id="results">
            {t("results")}
          </h2>
          <p className="seal">
            <Icon name="shield" small />
            {seal
              ? t("sealed", { when: formatDate(seal.sealedAt, language), number: String(seal.number) })
              : t("notSealed")}
          </p>
        </div>
        {last ? <EventsTable events={events} filter={filter} language={language} /> : <Nothing />}
      </section>
      {(before !== null || more) && (
        <nav className="actions" aria-label={t("pages")}>
          {more && last && (
            <LinkButton variant="second" href={auditPath(filter, last.id)}>
              {t("older")}
            </LinkButton>
          )}
          {before !== null && (
            <LinkButton variant="quiet" href={auditPath(filter)}>
              {t("newest")}
            </LinkButton>
          )}
        </nav>
      )}
    </ConsoleFrame>
  );
}

/** A property that is there only where it has a value. */
const opt = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, Value>>;

async function Nothing() {
  const t = await getTranslations("audit");
  return (
    <div className="empty">
      <span className="chip plain">
        <Icon name="history" />
      </span>
      <h3 className="h4">{t("empty.heading")}</h3>
      <p>{t("empty.text")}</p>
      <LinkButton variant="second" href={auditPath(everything)}>
        {t("empty.clear")}
      </LinkButton>
    </div>
  );
}

export default orMissing(AuditPage);
