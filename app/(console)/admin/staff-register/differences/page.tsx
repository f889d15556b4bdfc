import type { Metadata } from "next";
import { Done } from "#app/(account)/settings/done.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { listDifferences } from "#lib/staff-register/differences/list-differences.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { REGISTER } from "../paths.ts";
import { decide } from "./actions.ts";

const PATH = `${REGISTER}/differences`;
const dones = ["adopted", "dismissed", "gone"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staffRegister"))("differences.title") };
}

/** What the register says otherwise than activated accounts do: an office may be taken over, the rest is looked at. */
async function DifferencesPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, officer }, t, register, common, { after, done }] = await Promise.all([
    requireOfficer(PATH, "admin.view"),
    getTranslations("staffRegister.differences"),
    getTranslations("staffRegister"),
    getTranslations("console"),
    searchParams,
  ]);
  const { differences, next } = await listDifferences(
    ctx,
    typeof after === "string" && /^[\da-f-]{36}[a-z_]{1,20}$/.test(after) ? after : null,
  );
  const told = dones.find((one) => one === done);
  const mayDecide = holds(officer, "register.import");
  const columns = ["person", "field", "now", "register"] as const;
  return (
    <ConsoleFrame
      here="admin"
      above={[
        { href: "/admin", name: common("tabs.admin") },
        { href: REGISTER, name: register("heading") },
      ]}
      heading={t("heading")}
      lead={t("lead")}
    >
      {told && <Done words={t(`done.${told}`)} />}
      {differences.length === 0 ? (
        <div className="empty">
          <h2>{t("empty")}</h2>
          <p>{t("emptyText")}</p>
        </div>
      ) : (
        <section className="card">
          <table className="table" {...tableRoles.table}>
            <thead {...tableRoles.group}>
              <tr {...tableRoles.row}>
                {columns.map((column) => (
                  <th key={column} {...tableRoles.head}>
                    {t(column)}
                  </th>
                ))}
                {mayDecide && <th {...tableRoles.head}>{t("action")}</th>}
              </tr>
            </thead>
            <tbody {...tableRoles.group}>
              {differences.map((one) => (
                <tr key={`${one.accountId} ${one.field}`} {...tableRoles.row}>
                  <td className="lead-cell" data-l={t("person")} {...tableRoles.cell}>
                    <a href={`/helpdesk/accounts/${one.accountId}`}>{one.fullName}</a>
                  </td>
                  <td data-l={t("field")} {...tableRoles.cell}>
                    <span>
                      {t(`fields.${one.field}`)}{" "}
                      {one.isUnconfirmed && one.field === "official_email" && (
                        <Badge tone="warn">{t("unconfirmed")}</Badge>
                      )}
                    </span>
                  </td>
                  <td data-l={t("now")} {...tableRoles.cell}>
                    {one.now}
                  </td>
                  <td data-l={t("register")} {...tableRoles.cell}>
                    {one.register}
                  </td>
                  {mayDecide && (
                    <td data-l={t("action")} {...tableRoles.cell}>
                      <form action={decide} className="register-pair">
                        <input type="hidden" name="account" value={one.accountId} />
                        <input type="hidden" name="field" value={one.field} />
                        {one.field === "office" && (
                          <Submit small name="decision" value="adopt" variant="second" busy={t("adopting")}>
                            {t("adopt")}
                          </Submit>
                        )}
                        <Submit small name="decision" value="dismiss" variant="quiet" busy={t("dismissing")}>
                          {t("dismiss")}
                        </Submit>
                      </form>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {next && (
        <p className="register-other">
          <LinkButton variant="second" href={`${PATH}?after=${next}`}>
            {t("next")}
          </LinkButton>
        </p>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(DifferencesPage);
