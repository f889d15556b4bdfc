import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, untilAlert, type Walk } from "./walk.ts";

/** A demonstration's administrator: who is found, who holds which role, what is not there; and the staff register. */
export async function accountPictures(walk: Walk): Promise<void> {
  const { page, portal, database, words, shoot } = walk;
  const place = { context: page.context(), database, origin: portal.origin };
  const holders = await database.query<{ id: string; grant: string; role: string }>(
    `select account_id as id, g.id as grant, role from role_grant g where g.state = 'active' and g.granted_by is null
      and g.account_id in (select account_id from totp_credential) order by g.granted_at, g.id`,
  );
  const holding = (role: string) => holders.rows.find((one) => one.role === role);
  await openSessionOf(holding("administrator")?.id ?? "", ["password", "totp"], place);

  await page.goto("/helpdesk");
  await shoot("helpdesk");
  await page.locator("main summary").first().click();
  await shoot("helpdesk-filters");
  await field(page, "q").fill("Contoh yang tidak ada");
  await press(page, words.helpdesk.search.submit);
  await page.waitForURL(/q=/);
  await shoot("helpdesk-nobody");
  await page.goto("/helpdesk/accounts/1");
  await shoot("helpdesk-missing");

  const helpdesk = holding("helpdesk");
  await page.goto(`/helpdesk/accounts/${helpdesk?.id}/roles`);
  await shoot("helpdesk-roles");
  await press(page, words.roles.give.submit);
  await untilAlert(walk);
  await shoot("helpdesk-roles-wrong");
  await page.goto(`/helpdesk/accounts/${helpdesk?.id}/roles/end?grant=${helpdesk?.grant}`);
  await shoot("helpdesk-roles-end");
  await page.goto("/admin/roles");
  await shoot("admin-roles");
  await openSessionOf(holding("helpdesk")?.id ?? "", ["password"], place);
  await page.goto("/helpdesk");
  await shoot("helpdesk-enter");
}
