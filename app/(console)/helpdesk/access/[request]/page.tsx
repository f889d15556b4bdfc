import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { findAccessRequest } from "#lib/helpdesk/systems/find-access-request.ts";
import { listAssignable } from "#lib/helpdesk/systems/list-assignable.ts";
import { listSystemRoles } from "#lib/helpdesk/systems/list-system-roles.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { accessRequestPath, accountPath, systemsPath } from "../../accounts/[account]/paths.ts";
import { Approval, Refusal } from "./decisions.tsx";

type PageProps = { params: Promise<{ request: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("systemRoles"))("access.title") };
}

/** Somebody asks their office for a system: what for, what they hold there already, and the decision. */
async function AccessRequestPage({ params, searchParams }: PageProps) {
  const [{ request: id }, { done }] = await Promise.all([params, searchParams]);
  const [{ ctx, officer }, language, t, common] = await Promise.all([
    requireOfficer(accessRequestPath(id), "system.assign"),
    getLocale(),
    getTranslations("systemRoles"),
    getTranslations("console"),
  ]);
  const seen = (await findAccessRequest(ctx, officer, id)) ?? notFound();
  const { person, system, state } = seen;
  const [systems, all] = await Promise.all([listAssignable(ctx), listSystemRoles(ctx, person.id)]);
  const theirs = all.filter((role) => role.relyingPartyId === system.id && role.state !== "ended");
  const held = new Set(theirs.map(({ roleId }) => roleId));
  const roles = systems.find((one) => one.id === system.id)?.roles.filter((role) => !held.has(role.id)) ?? [];
  const said = (["granted", "refused"] as const).find((each) => each === done && each === state);
  return (
    <ConsoleFrame
      here="work"
      above={[{ href: "/helpdesk/work?show=access", name: common("tabs.work") }]}
      heading={t("access.heading", { system: system.name })}
      lead={person.fullName}
      beside={
        <Badge tone={state === "granted" ? "ok" : state === "open" ? "warn" : undefined}>
          {t(`access.states.${state}`)}
        </Badge>
      }
    >
      {said && <Done words={t(`access.done.${said}`, { name: person.fullName })} />}
      <div className="split">
        <div className="cards">
          <section className="card" aria-labelledby="request">
            <h2 className="h4" id="request">
              {t("access.facts")}
            </h2>
            <dl className="facts">
              <div>
                <dt>{t("access.person")}</dt>
                <dd>
                  <a href={accountPath(person.id)}>{person.fullName}</a> <span className="num">{person.identity}</span>
                </dd>
                <dd className="note">{person.office}</dd>
              </div>
              <Fact name={t("access.note")} value={seen.note ?? t("access.noNote")} />
              <Fact name={t("access.requestedAt")} value={formatDate(seen.requestedAt, language)} />
              <div>
                <dt>{t("access.heldNow")}</dt>
                <dd>
                  {theirs.map((role) => (language === "ms" ? role.nameMs : role.nameEn)).join(", ") ||
                    t("access.heldNone")}
                </dd>
                <dd className="note">
                  <a href={systemsPath(person.id)}>{t("card.see")}</a>
                </dd>
              </div>
              {seen.decidedAt && (
                <Fact
                  name={t(state === "withdrawn" ? "access.withdrawnAt" : "access.decidedAt")}
                  value={formatDate(seen.decidedAt, language)}
                />
              )}
              {seen.decidedBy && <Fact name={t("access.decidedBy")} value={seen.decidedBy} />}
              {seen.refusal && <Fact name={t("access.refusal")} value={seen.refusal} />}
            </dl>
          </section>
          {state === "open" && <Approval seen={seen} roles={roles} now={ctx.now()} language={language} />}
        </div>
        {seen.may && (
          <div className="cards">
            <Refusal seen={seen} language={language} />
          </div>
        )}
      </div>
    </ConsoleFrame>
  );
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

export default orMissing(AccessRequestPage);
