import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { listRoles } from "#lib/helpdesk/roles/list-roles.ts";
import { grantable } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { rolesPath } from "../../paths.ts";
import { PersonFrame } from "../../person-frame.tsx";
import { takeRole } from "../actions.ts";
import { EndForm } from "./form.tsx";

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("roles"))("ending.title") };
}

/** Asks once more, and why, before somebody loses a role. */
async function EndRolePage({ params, searchParams }: PageProps) {
  const [{ account: id }, { grant: grantId }] = await Promise.all([params, searchParams]);
  const back = rolesPath(id);
  const path = `${back}/end?grant=${String(grantId)}`;
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(path, "role.request"),
    getLocale(),
    getTranslations("roles"),
  ]);
  const person = (await findPerson(ctx, officer, "role.request", id)) ?? notFound();
  const [grants, typed] = await Promise.all([listRoles(ctx, person.id), typedBefore(path)]);
  const grant = grants.find((one) => one.id === grantId && !["ended", "refused"].includes(one.state)) ?? notFound();
  if (!grantable(officer, grant.officeId).includes(grant.role)) notFound();
  const { form, roles, console } = messages[language];
  return (
    <PersonFrame person={person} heading={t("ending.heading")}>
      <section className="card narrow">
        <p>{t("ending.lead")}</p>
        <dl className="facts mt-4 mb-5">
          <div>
            <dt>{t("ending.role")}</dt>
            <dd>{t(`names.${grant.role}`)}</dd>
          </div>
          <div>
            <dt>{t("ending.office")}</dt>
            <dd>{grant.office ?? t("wholeAgency")}</dd>
          </div>
        </dl>
        <EndForm
          action={takeRole}
          account={person.id}
          grant={grant.id}
          back={back}
          words={roles.ending}
          reason={console.reason}
          typed={typed?.reason}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      </section>
    </PersonFrame>
  );
}

export default orMissing(EndRolePage);
