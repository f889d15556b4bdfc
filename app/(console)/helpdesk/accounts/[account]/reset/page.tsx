import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { verifiedNow } from "#lib/helpdesk/caller-check/view-caller-check.ts";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { actionPath, callerPath } from "../paths.ts";
import { PersonFrame } from "../person-frame.tsx";
import { ResetForm } from "./form.tsx";

type PageProps = { params: Promise<{ account: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("officerRequests.reset"))("title") };
}

/** Asks a second officer to let a second factor be replaced; after the caller was checked, and not before. */
async function ResetPage({ params }: PageProps) {
  const { account: id } = await params;
  const path = actionPath(id, "request_reset");
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(path, "reset.request"),
    getLocale(),
    getTranslations("officerRequests.reset"),
  ]);
  const person = await findPerson(ctx, officer, "reset.request", id);
  if (!person) notFound();
  const [verified, typed] = await Promise.all([verifiedNow(ctx, person.id), typedBefore(path)]);
  const { form, console: consoles, officerRequests, callerCheck } = messages[language];
  const check = await getTranslations("callerCheck");
  return (
    <PersonFrame person={person} heading={t("title")}>
      <div className="slim-column">
        <section className="card" aria-labelledby="what">
          <p className="lead">{t("lead")}</p>
          <h2 className="h4 mt-6" id="what">
            {t("what")}
          </h2>
          <ol className="told-steps">
            {officerRequests.reset.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {verified ? (
            <>
              <div className="mt-6">
                <Callout tone="ok">
                  {check("verified", { until: formatTime(verified.until, language), kind: verified.kind })}
                </Callout>
              </div>
              <ResetForm
                accountId={person.id}
                words={officerRequests.reset}
                reason={consoles.reason}
                summary={{ one: form.errorOne, many: form.errorMany }}
                typed={typed?.reason}
              />
            </>
          ) : (
            <div className="mt-6">
              <Callout tone="warn">
                <p>{t("checkFirstText")}</p>
              </Callout>
              <div className="actions">
                <LinkButton icon="phone" href={callerPath(person.id)}>
                  {callerCheck.title}
                </LinkButton>
              </div>
            </div>
          )}
        </section>
      </div>
    </PersonFrame>
  );
}

export default orMissing(ResetPage);
