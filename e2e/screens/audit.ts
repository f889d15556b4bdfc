import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, untilAlert, type Walk } from "./walk.ts";

/** A demonstration's auditor: the trail, an event opened, whom to choose, what goes wrong; and the figures. */
export async function auditPictures(walk: Walk): Promise<void> {
  const { page, portal, database, words, shoot } = walk;
  const { rows } = await database.query<{ id: string }>(
    "select account_id as id from role_grant where role = 'auditor' and state = 'active' order by granted_at limit 1",
  );
  await openSessionOf(rows[0]?.id ?? "", ["password", "totp"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  await page.goto("/admin/audit");
  await page.locator(".trail summary").first().click();
  await shoot("audit");
  await field(page, "whom").fill("contoh");
  await press(page, words.audit.form.submit);
  await page.getByText(words.audit.form.choose.whom).waitFor();
  await shoot("audit-choose");
  await press(page, words.audit.form.submit);
  await untilAlert(walk);
  await shoot("audit-wrong");
  await page.goto("/admin/audit?about=account.closed&outcome=refused");
  await shoot("audit-none");
  await page.goto("/admin/insights?weeks=4");
  await shoot("insights");
}
