import { MailAddress } from "#components/ui/mail-address.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Unconfirmed } from "#lib/helpdesk/cases/list-unconfirmed.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../said.ts";

/** Whom the office has still to confirm: one press away from it. */
export async function UnconfirmedTable({ rows, ...words }: Words & { rows: readonly Unconfirmed[] }) {
  const t = await getTranslations("cases.work");
  return (
    <Table
      className="mt-4"
      heads={[t("person"), t("mailbox"), t("office"), t("since"), t("deed")]}
      rows={rows.map(({ accountId, fullName, office, officialEmail, since }) => ({
        key: accountId,
        cells: [
          <a key="link" href={`/helpdesk/accounts/${accountId}`}>
            {fullName}
          </a>,
          <MailAddress key="mail" address={officialEmail} />,
          office,
          capital(saidAt(since, words)),
          <a key="deed" href={`/helpdesk/accounts/${accountId}/confirm-staff`}>
            {t("confirm")}
            <span className="sr">: {fullName}</span>
          </a>,
        ],
      }))}
    />
  );
}
