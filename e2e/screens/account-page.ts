import { settleFindings } from "../harness/findings/settle-findings.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import type { Walk } from "./walk.ts";

/** Of each language's people a range of their own. */
const FIRST = { ms: 40_000, en: 41_000 };

/** The page of an account, with each thing that can be found of one. */
export async function accountPagePictures({ page, shoot, portal, database, language }: Walk): Promise<void> {
  const { rows } = await database.query<{ id: string }>(
    "select account_id as id from role_grant where role = 'administrator' and state = 'active' order by granted_at, id limit 1",
  );
  const found = await settleFindings(portal.dataDir, FIRST[language]);
  await openSessionOf(rows[0]?.id ?? "", ["password", "totp"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  for (const [code, id] of found) {
    await page.goto(`/helpdesk/accounts/${id}`);
    await shoot(`account-${code.replaceAll("_", "-")}`);
  }
  await page.context().clearCookies({ name: /kunci-session/ });
}
