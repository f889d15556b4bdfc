import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { listAssignable } from "#lib/helpdesk/systems/list-assignable.ts";
import { listSystemRoles } from "#lib/helpdesk/systems/list-system-roles.ts";
import { holds, judge } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { systemsPath } from "../paths.ts";
import { PersonFrame } from "../person-frame.tsx";
import { GiveCard } from "./give-card.tsx";
import { SystemRolesTable } from "./system-roles-table.tsx";

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("systemRoles"))("title") };
}

/** What somebody may do in other systems, and did; for SA, AP and administrators the form that gives roles in one. */
async function SystemsPage({ params, searchParams }: PageProps) {
  const [{ account: id }, { done, system }] = await Promise.all([params, searchParams]);
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(systemsPath(id), "account.view"),
    getLocale(),
    getTranslations("systemRoles"),
  ]);
  const person = (await findPerson(ctx, officer, "account.view", id)) ?? notFound();
  const verdict = judge(officer, "system.assign", { ...person, accountId: person.id });
  const may = verdict === "allowed";
  const [roles, systems] = await Promise.all([listSystemRoles(ctx, person.id), may ? listAssignable(ctx) : []]);
  const chosen = systems.find((one) => one.id === system || systems.length === 1);
  const typed = chosen ? await typedBefore(systemsPath(id, chosen.id)) : null;
  const said = (["granted", "ended"] as const).find((each) => each === done);
  const over = !person.confirmed || ["suspended", "closed"].includes(person.status);
  return (
    <PersonFrame person={person} heading={t("heading")}>
      {said && <Done words={t(`done.${said}`, { name: person.fullName })} />}
      <div className="cards">
        <SystemRolesTable roles={roles} account={person.id} may={may} language={language} />
        {may && over && <Callout tone="warn">{t("notConfirmed")}</Callout>}
        {may && !over && (
          <GiveCard
            account={person.id}
            systems={systems}
            chosen={chosen}
            held={new Set(roles.filter(({ state }) => state !== "ended").map(({ roleId }) => roleId))}
            now={ctx.now()}
            language={language}
            typed={typed}
          />
        )}
        {!may && holds(officer, "system.assign") && verdict === "outranked" && <Callout>{t("mayNot")}</Callout>}
      </div>
    </PersonFrame>
  );
}

export default orMissing(SystemsPage);
