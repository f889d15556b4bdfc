import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { listSystemRoles } from "#lib/helpdesk/systems/list-system-roles.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { endSystemRolePath, systemsPath } from "../../paths.ts";
import { PersonFrame } from "../../person-frame.tsx";
import { EndForm } from "../../roles/end/form.tsx";
import { takeSystemRole } from "../actions.ts";

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("systemRoles"))("ending.title") };
}

/** Asks once more, and why, before somebody loses a role in a system. */
async function EndSystemRolePage({ params, searchParams }: PageProps) {
  const [{ account: id }, { grant: grantId }] = await Promise.all([params, searchParams]);
  const path = endSystemRolePath(id, String(grantId));
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(path, "system.assign"),
    getLocale(),
    getTranslations("systemRoles.ending"),
  ]);
  const person = (await findPerson(ctx, officer, "system.assign", id)) ?? notFound();
  const [roles, typed] = await Promise.all([listSystemRoles(ctx, person.id), typedBefore(path)]);
  const role = roles.find((one) => one.id === grantId && one.state !== "ended") ?? notFound();
  const { form, systemRoles, console: desk } = messages[language];
  return (
    <PersonFrame person={person} heading={t("heading")}>
      <section className="card narrow">
        <p>{t("lead")}</p>
        <dl className="facts mt-4 mb-5">
          <div>
            <dt>{t("system")}</dt>
            <dd>{role.system}</dd>
          </div>
          <div>
            <dt>{t("role")}</dt>
            <dd>{language === "ms" ? role.nameMs : role.nameEn}</dd>
          </div>
        </dl>
        <EndForm
          action={takeSystemRole}
          account={person.id}
          grant={role.id}
          back={systemsPath(id)}
          words={systemRoles.ending}
          reason={desk.reason}
          typed={typed?.reason}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      </section>
    </PersonFrame>
  );
}

export default orMissing(EndSystemRolePage);
