import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { enrolledOf, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { listRoles } from "#lib/helpdesk/roles/list-roles.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { listOffices } from "#lib/office/find-office.ts";
import { grantable, holds, isAgencyWide, judge, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { PersonFrame } from "../person-frame.tsx";
import { GrantForm } from "./grant-form.tsx";
import { GrantsTable } from "./grants-table.tsx";
import { LacksFactor } from "./lacks-factor.tsx";

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("roles"))("title") };
}

/** What somebody may do in the portal: the roles they hold, and for those who stand above, the form that grants another. */
async function RolesPage({ params, searchParams }: PageProps) {
  const [{ account: id }, { done }] = await Promise.all([params, searchParams]);
  const path = `/helpdesk/accounts/${id}/roles`;
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(path, "account.view"),
    getLocale(),
    getTranslations("roles"),
  ]);
  const person = (await findPerson(ctx, officer, "account.view", id)) ?? notFound();
  const may = judge(officer, "role.request", { ...person, accountId: person.id }) === "allowed";
  const scope = scopeOf(officer, "role.request");
  const [grants, offices, typed, enrolled] = await Promise.all([
    listRoles(ctx, person.id),
    may ? listOffices(ctx) : [],
    may ? typedBefore(path) : null,
    enrolledOf(ctx.db, person.id),
  ]);
  const reached = offices.filter((office) => reachesOffice(scope, office.id));
  const offered = [...new Set([null, ...reached.map((office) => office.id)].flatMap((of) => grantable(officer, of)))];
  const endable = (grant: (typeof grants)[number]) =>
    may &&
    grantable(officer, grant.officeId).includes(grant.role) &&
    ["held", "coming", "requested"].includes(grant.state);
  const said = (["granted", "waits", "ended"] as const).find((each) => each === done);
  const { roles, form, console } = messages[language];
  return (
    <PersonFrame person={person} heading={t("heading")}>
      {said && <Done words={t(`done.${said}`, { name: person.fullName })} />}
      <div className="cards">
        {(may || said === "granted" || said === "waits") && !hasSecondFactor(enrolled) && (
          <LacksFactor name={person.fullName} />
        )}
        <GrantsTable
          grants={grants.map((grant) => ({ ...grant, end: endable(grant) ? `${path}/end?grant=${grant.id}` : null }))}
          language={language}
        />
        {may && offered.length > 0 ? (
          <GrantForm
            account={person.id}
            today={dayOf(ctx.now())}
            words={roles.give}
            reason={console.reason}
            roles={offered.map((role) => ({
              value: role,
              label: roles.names[role],
              text: roles.what[role],
              wide: isAgencyWide(role),
            }))}
            offices={reached.map(({ id: value, code, name }) => ({ value, label: `${code} ${name}` }))}
            typed={typed ?? {}}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        ) : (
          holds(officer, "role.request") && <Callout tone="info">{t("give.noneYours")}</Callout>
        )}
      </div>
    </PersonFrame>
  );
}

export default orMissing(RolesPage);
