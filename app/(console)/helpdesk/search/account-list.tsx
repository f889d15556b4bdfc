import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import { type Filters, unfiltered } from "#lib/helpdesk/search/filters.ts";
import type { AccountPage } from "#lib/helpdesk/search/list-accounts.ts";
import type { ListedAccount } from "#lib/helpdesk/search/row.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { statusLook } from "../accounts/[account]/parts/status-look.ts";
import { accountPath } from "../accounts/[account]/paths.ts";
import { ALL_ACCOUNTS, exportPath, listPath, narrowed } from "../list-path.ts";

type Seen = { filters: Filters; language: Language; now: Date };

/** A page of the list, the ways to read on, and the list as a file for whoever may have it. */
export async function AccountList({ page, mayExport, ...seen }: Seen & { page: AccountPage; mayExport: boolean }) {
  const t = await getTranslations("helpdesk.list");
  const { filters } = seen;
  return (
    <section className="card found" aria-labelledby="found">
      <div className="found-head">
        <h2 className="h3" id="found">
          {filters.words === null ? t("heading") : t("searched", { words: filters.words })}
        </h2>
        {filters.words !== null && <a href={narrowed(filters, { words: null })}>{t("clearSearch")}</a>}
      </div>
      {page.accounts.length === 0 ? <Nobody filters={filters} /> : <Table accounts={page.accounts} {...seen} />}
      {(page.before !== null || page.after !== null) && (
        <nav className="actions" aria-label={t("pages")}>
          {page.before !== null && (
            <LinkButton variant="second" href={listPath(filters, page.before)} rel="prev">
              {t("previous")}
            </LinkButton>
          )}
          {page.after !== null && (
            <LinkButton variant="second" href={listPath(filters, page.after)} rel="next">
              {t("next")}
            </LinkButton>
          )}
        </nav>
      )}
      {mayExport && page.accounts.length > 0 && (
        <p className="export">
          <LinkButton variant="quiet" icon="download" href={exportPath(filters)} download>
            {t("export")}
          </LinkButton>
          <span className="muted">{t("exportHint")}</span>
        </p>
      )}
    </section>
  );
}

async function Table({ accounts, language, now }: Omit<Seen, "filters"> & { accounts: readonly ListedAccount[] }) {
  const t = await getTranslations("helpdesk.list");
  return (
    <table className="table accounts" {...tableRoles.table}>
      <thead {...tableRoles.group}>
        <tr {...tableRoles.row}>
          {(["name", "email", "office", "status", "factors", "lastSignIn"] as const).map((column) => (
            <th key={column} {...tableRoles.head}>
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...tableRoles.group}>
        {accounts.map((account) => (
          <Account key={account.id} account={account} language={language} now={now} />
        ))}
      </tbody>
    </table>
  );
}

async function Account({ account, language, now }: Omit<Seen, "filters"> & { account: ListedAccount }) {
  const [t, states] = await Promise.all([getTranslations("helpdesk.list"), getTranslations("diagnosis.status")]);
  const { tone, icon } = statusLook[account.status];
  const factors = [account.hasApp && t("app"), account.hasPasskey && t("passkey")].filter(Boolean);
  return (
    <tr {...tableRoles.row}>
      <td {...tableRoles.cell} className="lead-cell" data-l={t("name")}>
        <a href={accountPath(account.id)}>{account.fullName}</a>
        <span className="num muted">{account.identity}</span>
      </td>
      <td {...tableRoles.cell} data-l={t("email")}>
        <span>
          <MailAddress address={account.officialEmail} />
          {account.bounced !== null && (
            <Badge tone="bad" icon="cross">
              {t("bounced")}
            </Badge>
          )}
        </span>
      </td>
      <td {...tableRoles.cell} data-l={t("office")}>
        <span>
          {account.officeCode} {account.officeName}
        </span>
      </td>
      <td {...tableRoles.cell} data-l={t("status")}>
        <span>
          <Badge tone={tone} icon={icon}>
            {states(account.status)}
          </Badge>
          {account.paused && (
            <Badge tone="warn" icon="clock">
              {t("paused")}
            </Badge>
          )}
          {!account.confirmed && account.status !== "closed" && <span className="note">{t("unconfirmed")}</span>}
        </span>
      </td>
      <td {...tableRoles.cell} data-l={t("factors")}>
        <span className={factors.length === 0 ? "muted" : undefined}>{factors.join(", ") || t("noFactor")}</span>
      </td>
      <td {...tableRoles.cell} data-l={t("lastSignIn")}>
        <span className={account.lastSignInAt ? "num" : "muted"}>
          {account.lastSignInAt ? formatNear(account.lastSignInAt, now, language) : t("never")}
        </span>
      </td>
    </tr>
  );
}

/** Says why there is nobody, and what to try. */
async function Nobody({ filters }: { filters: Filters }) {
  const t = await getTranslations("helpdesk.empty");
  const everybody = listPath({ ...filters, sort: unfiltered.sort }) === ALL_ACCOUNTS;
  const why = filters.words !== null ? "searched" : everybody ? "nobody" : "filtered";
  return (
    <div className="empty">
      <span className="chip plain">
        <Icon name="user" />
      </span>
      <h3 className="h4">{t(why)}</h3>
      <p>{t(`${why}Text`)}</p>
      {!everybody && (
        <LinkButton variant="second" href={ALL_ACCOUNTS}>
          {t("all")}
        </LinkButton>
      )}
    </div>
  );
}
