import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { viewCallerCheck } from "#lib/helpdesk/caller-check/view-caller-check.ts";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { accountPath, actionPath, callerPath } from "../paths.ts";
import { PersonFrame } from "../person-frame.tsx";
import { CodesCard } from "./codes-card.tsx";
import { PresenceCard } from "./presence-card.tsx";
import { QuestionCard } from "./question-card.tsx";

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("callerCheck"))("title") };
}

const refusals = ["outranked", "no_questions", "not_started"] as const;

/** Three ways to make sure of whoever is on the line; the one in hand comes with what to do next. */
async function CallerPage({ params, searchParams }: PageProps) {
  const [{ account: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(callerPath(id), "caller.check"),
    getLocale(),
    getTranslations("callerCheck"),
  ]);
  const person = await findPerson(ctx, officer, "caller.check", id);
  if (!person) notFound();
  const { verified, inHand, hasQuestions } = await viewCallerCheck(ctx, officer.accountId, person.id);
  const refused = refusals.find((each) => each === asked.refused);
  const until = verified && formatTime(verified.until, language);
  return (
    <PersonFrame person={person} heading={t("title")}>
      {asked.done === "verified" && verified && <Done words={t("done")} />}
      {refused && (
        <div role="alert">
          <Callout tone="warn">{t(`errors.${refused}`)}</Callout>
        </div>
      )}
      {verified && until ? (
        <Callout tone="ok">
          <p>
            <strong>{t("verified", { until, kind: verified.kind })}</strong>
          </p>
          <p>{t("verifiedAgain")}</p>
          <div className="actions">
            <LinkButton small href={accountPath(person.id)}>
              {t("back")}
            </LinkButton>
            {person.status === "activated" && (
              <LinkButton small variant="second" href={actionPath(person.id, "request_reset")}>
                {t("reset")}
              </LinkButton>
            )}
          </div>
        </Callout>
      ) : (
        <p className="lead">{t("lead")}</p>
      )}
      <div className="caller-ways">
        <CodesCard accountId={person.id} inHand={inHand?.kind === "codes" ? inHand : null} />
        <QuestionCard
          accountId={person.id}
          inHand={inHand?.kind === "question" ? inHand : null}
          hasQuestions={hasQuestions}
        />
        <PresenceCard accountId={person.id} />
      </div>
    </PersonFrame>
  );
}

export default orMissing(CallerPage);
