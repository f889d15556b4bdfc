import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { buttonClass, LinkButton } from "#components/ui/button.tsx";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { countDifferences } from "#lib/staff-register/differences/list-differences.ts";
import { listImports } from "#lib/staff-register/import/view-import.ts";
import { countLeavers } from "#lib/staff-register/leavers/list-leavers.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../console-frame.tsx";
import { orMissing } from "../../or-missing.tsx";
import { FileShape } from "./file-shape.tsx";
import { ImportsTable } from "./imports-table.tsx";
import { LEAVERS, REGISTER } from "./paths.ts";
import { UploadErrors } from "./upload-errors.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staffRegister"))("title") };
}

/** Where files of the staff register come in, and what they have left to be done. */
async function RegisterPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, officer }, language, t, common, { refused }] = await Promise.all([
    requireOfficer(REGISTER, "admin.view"),
    getLocale(),
    getTranslations("staffRegister"),
    getTranslations("console"),
    searchParams,
  ]);
  const [imports, leavers, differences] = await Promise.all([
    listImports(ctx),
    countLeavers(ctx, officer),
    countDifferences(ctx),
  ]);
  const mayImport = holds(officer, "register.import");
  const { form, staffRegister } = messages[language];
  const reasons: Readonly<Record<string, string>> = staffRegister.refused;
  const error = typeof refused === "string" && Object.hasOwn(reasons, refused) ? reasons[refused] : undefined;
  return (
    <ConsoleFrame
      here="admin"
      above={[{ href: "/admin", name: common("tabs.admin") }]}
      heading={t("heading")}
      lead={t("lead")}
    >
      <div className="register-grid">
        {mayImport && (
          <section className="card" aria-labelledby="upload">
            <h2 id="upload">{t("upload.heading")}</h2>
            <UploadErrors error={error} words={{ one: form.errorOne, many: form.errorMany }} />
            <p>{t("upload.text")}</p>
            <p className="hint">{t("upload.columns")}</p>
            <FileShape />
            {/* A plain form: a file is streamed to a route of its own, with or without JavaScript. */}
            <form action="/api/staff-register" method="post" encType="multipart/form-data">
              <label className="check">
                <input type="checkbox" name="isWhole" aria-describedby="whole-hint" />
                <span>{t("upload.whole")}</span>
              </label>
              <p className="hint" id="whole-hint">
                {t("upload.wholeHint")}
              </p>
              <div className={`field${error ? " has-error" : ""}`}>
                <label className="label" htmlFor="file">
                  {t("upload.file")}
                </label>
                <input
                  className="input"
                  type="file"
                  id="file"
                  name="file"
                  accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                  required
                  aria-invalid={error ? true : undefined}
                />
              </div>
              <div className="actions">
                <button type="submit" className={buttonClass({})}>
                  {t("upload.submit")}
                </button>
              </div>
            </form>
          </section>
        )}
        <section className="card" aria-labelledby="more">
          <h2 id="more">{t("more.heading")}</h2>
          <ul className="register-more">
            <li>
              <p>{t("more.leavers", { count: leavers })}</p>
              <LinkButton variant="second" small href={LEAVERS}>
                {t("more.leaversLink")}
              </LinkButton>
            </li>
            <li>
              <p>{t("more.differences", { count: differences })}</p>
              <LinkButton variant="second" small href={`${REGISTER}/differences`}>
                {t("more.differencesLink")}
              </LinkButton>
            </li>
            <li>
              <p>{t("more.invitations")}</p>
              <LinkButton variant="second" small href={`${REGISTER}/invitations`}>
                {t("more.invitationsLink")}
              </LinkButton>
            </li>
          </ul>
        </section>
      </div>
      <ImportsTable imports={imports} language={language} />
    </ConsoleFrame>
  );
}

export default orMissing(RegisterPage);
