import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SelectField } from "#components/form/select-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { listHolders } from "#lib/helpdesk/roles/list-roles.ts";
import { isRole } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../console-frame.tsx";
import { rolesPath } from "../../helpdesk/accounts/[account]/paths.ts";
import { GrantsTable } from "../../helpdesk/accounts/[account]/roles/grants-table.tsx";
import { orMissing } from "../../or-missing.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("roles"))("list.title") };
}

/** Everybody who holds a role, by name. */
async function HoldersPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, officer }, language, t, common, { role }] = await Promise.all([
    requireOfficer("/admin/roles", "admin.view"),
    getLocale(),
    getTranslations("roles"),
    getTranslations("console"),
    searchParams,
  ]);
  const holders = await listHolders(ctx, officer, isRole(role) ? role : null);
  const names = Object.entries(messages[language].roles.names);
  return (
    <ConsoleFrame
      here="admin"
      above={[{ href: "/admin", name: common("tabs.admin") }]}
      heading={t("list.heading")}
      lead={t("list.lead")}
    >
      <form className="filters">
        <SelectField
          name="role"
          label={t("list.filter")}
          placeholder={t("list.all")}
          defaultValue={isRole(role) ? role : ""}
          options={names.map(([value, label]) => ({ value, label }))}
        />
        <div>
          <Button variant="second">{t("list.submit")}</Button>
        </div>
      </form>
      {holders.length === 0 ? (
        <div className="empty">
          <h2>{t("list.empty")}</h2>
          <p>{t("list.emptyText")}</p>
        </div>
      ) : (
        <GrantsTable
          language={language}
          grants={holders.map(({ accountId, fullName, ...grant }) => ({
            ...grant,
            end: null,
            person: { href: rolesPath(accountId), name: fullName },
          }))}
        />
      )}
    </ConsoleFrame>
  );
}

export default orMissing(HoldersPage);
