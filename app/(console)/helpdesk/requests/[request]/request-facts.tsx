import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import type { RequestView, WhoActed } from "#lib/helpdesk/two-officers/view-request.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Who asked for what and why, until when, and what was decided. */
export async function RequestFacts({ request }: { request: RequestView }) {
  const [language, t, roles] = await Promise.all([
    getLocale(),
    getTranslations("officerRequests.page"),
    getTranslations("activity.roles"),
  ]);
  const at = (moment: Date) => formatDate(moment, language);
  const who = ({ name, office }: WhoActed) => t("who", { name, office });
  const { askedBy, askedAt, reason, callerChecked, role, caseReference, expiresAt, state, decidedBy, decidedAt } =
    request;
  const wanted: Fact[] = [
    ...(role ? [[t("role"), [roles(role.role), role.office].filter(Boolean).join(", ")] as Fact] : []),
    ...(caseReference
      ? [
          [
            t("case"),
            <a key="case" href={`/helpdesk/cases/${caseReference}`}>
              {caseReference}
            </a>,
          ] as Fact,
        ]
      : []),
    [t("askedBy"), who(askedBy)],
    [t("askedAt"), at(askedAt)],
    [t("reason"), reason],
    ...(callerChecked
      ? [
          [
            t("caller"),
            t("callerChecked", { how: callerChecked.answeredBy ?? callerChecked.kind, at: at(callerChecked.at) }),
          ] as Fact,
        ]
      : []),
    ...(state === "open" ? [[t("until"), at(expiresAt)] as Fact] : []),
  ];
  const decided: Fact[] = [
    ...(decidedBy ? [[t("decidedBy"), who(decidedBy)] as Fact] : []),
    ...(decidedBy && decidedAt ? [[t("decidedAt"), at(decidedAt)] as Fact] : []),
    ...(request.decisionReason ? [[t("decisionReason"), request.decisionReason] as Fact] : []),
    ...(request.stoppedAt ? [[t("stoppedAt"), at(request.stoppedAt)] as Fact] : []),
  ];
  return (
    <>
      <Facts id="asked" heading={t("asked")} facts={wanted} />
      {decided.length > 0 && <Facts id="decision" heading={t("decision")} facts={decided} />}
    </>
  );
}

type Fact = readonly [name: string, fact: ReactNode];

const Facts = ({ id, heading, facts }: { id: string; heading: string; facts: readonly Fact[] }) => (
  <section className="card" aria-labelledby={id}>
    <h2 className="h3" id={id}>
      {heading}
    </h2>
    <dl className="facts mt-3">
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  </section>
);
