import { Fragment } from "react";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { Table } from "#components/ui/table.tsx";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import type { Undeliverable } from "#lib/helpdesk/cases/list-undeliverable.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../said.ts";

/** Mailboxes that letters came back from, and what helps: another address before the activation, else the person's own. */
export async function UndeliverableTable({ rows, ...words }: Words & { rows: readonly Undeliverable[] }) {
  const t = await getTranslations("cases.work");
  return (
    <Table
      className="mt-4"
      heads={[t("person"), t("mailbox"), t("why"), t("since"), t("deed")]}
      rows={rows.map(({ accountId, fullName, mailbox, why, isFinal, status, since }) => {
        const corrects = awaitsActivation(status) && why !== "mailbox_full";
        return {
          key: accountId,
          cells: [
            <a key="link" href={`/helpdesk/accounts/${accountId}`}>
              {fullName}
            </a>,
            <MailAddress key="mail" address={mailbox} />,
            <Fragment key="why">
              {t(`whys.${why}`)}
              <p className="muted">{t(isFinal ? "mailStopped" : "mailGoesOn")}</p>
            </Fragment>,
            capital(saidAt(since, words)),
            <a key="deed" href={`/helpdesk/accounts/${accountId}/${corrects ? "correct-mailbox" : "clear-mailbox"}`}>
              {t(corrects ? "correct" : "clear")}
              <span className="sr">: {fullName}</span>
            </a>,
          ],
        };
      })}
    />
  );
}
