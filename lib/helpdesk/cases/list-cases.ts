import { run } from "#db/named.ts";
import type { CaseKind } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, reachesOffice, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

/** A line of the worklist. `decides`: whether whoever looks may decide on it; another office does otherwise. */
export type ListedCase = {
  id: string;
  reference: string;
  kind: CaseKind;
  accountId: string;
  fullName: string;
  /** Where they are, and where a transfer leads. */
  office: string;
  toOffice: string | null;
  openedAt: Date;
  /** A second officer has it before them. */
  proposed: boolean;
  decides: boolean;
};

type Row = Omit<ListedCase, "decides"> & { officeId: string; toOfficeId: string | null };

/** Open, and in reach of the parameter: of the office its person is in, or of the one they go to. */
export const openCases = (parameter: string): string => `helpdesk_case c join account a on a.id = c.account_id
    where c.state = 'open' and (${scopeCondition("a.office_id", parameter)} or ${scopeCondition("c.office_id", parameter)})`;

/** As many as somebody works through before looking again. */
const CASES_PAGE = 50;

const statement = {
  name: "helpdesk_cases_open",
  text: `select f.*, o.code || ' ' || o.name as "office", p.code || ' ' || p.name as "toOffice",
      exists (select 1 from officer_request r where r.case_id = f.id and r.state = 'open' and r.expires_at > $2) as "proposed"
    from (
      select c.id, c.reference, c.kind, c.opened_at as "openedAt", a.id as "accountId", a.full_name as "fullName",
        a.office_id as "officeId", c.office_id as "toOfficeId"
      from ${openCases("$1")} order by c.opened_at, c.id limit ${CASES_PAGE}
    ) f join office o on o.id = f."officeId" left join office p on p.id = f."toOfficeId"
    order by f."openedAt", f.id`,
};

/** The open cases that an officer can see, those that wait the longest first. One query. */
export async function listCases(ctx: Context, officer: Officer): Promise<ListedCase[]> {
  const scope = scopeParameter(scopeOf(officer, "case.answer"));
  const rows = await run<Row>(ctx.db, statement, [scope, ctx.now()]);
  return rows.map(({ officeId, toOfficeId, ...row }) => {
    const right = row.kind === "report" ? "case.answer" : "correction.decide";
    const deciding = row.kind === "office" && toOfficeId ? toOfficeId : officeId;
    return { ...row, decides: reachesOffice(scopeOf(officer, right), deciding) };
  });
}
