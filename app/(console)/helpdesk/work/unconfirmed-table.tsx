import { getTranslations } from "next-intl/server";
import { MailAddress } from "#components/ui/mail-address.tsx";
import type { Unconfirmed } from "#lib/helpdesk/cases/list-unconfirmed.ts";
import { waitingSince } from "./waiting-since.ts";
import { type Words, WorkTable } from "./work-table.tsx";

/** Whom the office has still to confirm: one press away from it. */
export async function UnconfirmedTable({ rows, ...words }: Words & { rows: readonly Unconfirmed[] }) {
  const t = await getTranslations("cases.work");
  return (
    <WorkTable
      heads={[t("person"), t("mailbox"), t("office"), t("since"), t("deed")]}
      rows={rows.map(({ accountId, fullName, office, officialEmail, since }) => ({
        key: accountId,
        cells: [
          <a key="link" href={`/helpdesk/accounts/${accountId}`}>
            {fullName}
          </a>,
          <MailAddress key="mail" address={officialEmail} />,
          office,
          waitingSince(since, words),
          <a key="deed" href={`/helpdesk/accounts/${accountId}/confirm-staff`}>
            {t("confirm")}
            <span className="sr">: {fullName}</span>
          </a>,
        ],
      }))}
    />
  );
}
