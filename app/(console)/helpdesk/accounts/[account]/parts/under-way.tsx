import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { holds, type Officer } from "#lib/office/roles/rights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { saidAt, type Words } from "../../../said.ts";
import { accessRequestPath } from "../paths.ts";

/** Open cases, what waits for a second officer and systems that were asked for, each with its page; nothing where nothing is open. */
export async function UnderWay({ facts, officer, ...words }: Words & { facts: AccountFacts; officer: Officer }) {
  const t = await getTranslations("diagnosis.open");
  const { cases, requests, accessRequests } = facts;
  if (cases.length + requests.length + accessRequests.length === 0) return null;
  const [mayOpen, mayAssign] = [holds(officer, "case.answer"), holds(officer, "system.assign")];
  const lines = [
    ...cases.map(({ id, reference, kind, openedAt }) => ({
      id,
      mayOpen,
      href: `/helpdesk/cases/${reference}`,
      what: t("case", { reference, kind }),
      when: t("openedAt", { at: saidAt(openedAt, words) }),
    })),
    ...requests.map(({ id, kind, by, expiresAt }) => ({
      id,
      mayOpen,
      href: `/helpdesk/requests/${id}`,
      what: t("request", { kind }),
      when: t("askedBy", { name: by, at: saidAt(expiresAt, words) }),
    })),
    ...accessRequests.map(({ id, system, requestedAt }) => ({
      id,
      mayOpen: mayAssign,
      href: accessRequestPath(id),
      what: t("access", { system }),
      when: t("openedAt", { at: saidAt(requestedAt, words) }),
    })),
  ];
  return (
    <section className="card" aria-labelledby="open">
      <h2 className="h3" id="open">
        {t("heading")}
      </h2>
      <ul className="action-list">
        {lines.map(({ id, mayOpen: leads, href, what, when }) => (
          <li key={id}>
            {leads ? <a href={href}>{what}</a> : <span>{what}</span>}
            <p className="muted">{when}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
