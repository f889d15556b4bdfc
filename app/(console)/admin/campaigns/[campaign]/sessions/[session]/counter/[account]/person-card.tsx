import { Callout } from "#components/ui/callout.tsx";
import type { AtCounter } from "#lib/campaign/onsite/counter/view-counter.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";

/** What the portal knows of them, to be held against their document. */
export async function PersonCard({ person, language }: { person: AtCounter; language: Language }) {
  const t = await getTranslations("onsite.counter");
  const statuses = messages[language].helpdesk.counts.statuses;
  const facts = [
    [t("name"), person.fullName],
    [t("identity"), person.identity],
    [t("office"), person.office],
    [t("status"), statuses[person.status]],
    [t("mailbox"), `${person.officialEmail} (${t(person.mailboxVerified ? "verified" : "unverified")})`],
  ] as const;
  return (
    <section className="card" aria-labelledby="compare">
      <h2 className="h3" id="compare">
        {t("compare")}
      </h2>
      <p>{t("compareText")}</p>
      <dl className="facts onsite-facts mt-4">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {!person.ofSession && (
        <div className="mt-4">
          <Callout>{t("otherOffice")}</Callout>
        </div>
      )}
    </section>
  );
}
