import { settleRequest } from "./harness/access.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { CONSOLE_PROOFS, enterAs } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { field } from "./harness/steps.ts";

const roles = { penyedia: ["Penyedia", "Preparer"], pelulus: ["Pelulus", "Approver"] } as const;

test("an office grants what somebody asked for, takes it away again, and gives it anew without script @phone", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  anotherBrowser,
  expectAccessible,
}) => {
  const { systemRoles, refusals, console: desk } = words;
  const [asker, officer] = [await settled("activated"), await settled("activated")];
  await database.query("update account set staff_confirmed_at = now() where id = $1", [asker.id]);
  const name = `Perakaunan ${asker.id.slice(0, 8)}`;
  await settleRequest(dataDir(), asker.id, { name, roles, note: "Saya mengambil alih baucar." });
  await enterAs("sa", officer, { context, database, origin });

  await page.goto("/helpdesk/work?show=access");
  await expectAccessible();
  await page.getByRole("row").filter({ hasText: name }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.locator("main")).toContainText("Saya mengambil alih baucar.");
  await expectAccessible();
  await page.getByRole("button", { name: systemRoles.access.approve.submit, exact: true }).click();
  await expect(page.locator('main [role="alert"]')).toContainText(refusals.system_roles_missing);
  await expectAccessible();
  await field(page, "roles").first().check();
  await field(page, "reason").fill(desk.reason.usual[0] ?? "");
  await page.getByRole("button", { name: systemRoles.access.approve.submit, exact: true }).click();
  await page.waitForURL(/done=granted/);

  const path = `/helpdesk/accounts/${asker.id}/systems`;
  await page.goto(path);
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText(systemRoles.state.held);
  await expectAccessible();
  await page.getByRole("link", { name: new RegExp(`^${systemRoles.end}`) }).click();
  await page.waitForURL(/\/end\?/);
  await expectAccessible();
  await field(page, "reason").fill(desk.reason.usual[0] ?? "");
  await page.getByRole("button", { name: systemRoles.ending.submit, exact: true }).click();
  await page.waitForURL(/done=ended/);
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText(systemRoles.state.ended);

  const plain = await anotherBrowser({ javaScript: false });
  await openSessionOf(officer.id, CONSOLE_PROOFS, { context: plain.context(), database, origin });
  await plain.goto(path);
  await field(plain, "system").selectOption({ label: name });
  await plain.getByRole("button", { name: systemRoles.choose.submit, exact: true }).click();
  await field(plain, "roles").first().check();
  await field(plain, "until").fill("2020-01-01");
  await plain.getByRole("button", { name: systemRoles.give.submit, exact: true }).click();
  await expect(plain.locator("main")).toContainText(refusals.reason_missing);
  await expect(field(plain, "roles").first(), "what was chosen stays").toBeChecked();
  await field(plain, "until").fill("");
  await field(plain, "reason").fill(desk.reason.usual[0] ?? "");
  await plain.getByRole("button", { name: systemRoles.give.submit, exact: true }).click();
  await plain.waitForURL(/done=granted/);
  const { rows } = await database.query(
    "select ended_at is not null as ended from relying_party_role_grant where account_id = $1 order by granted_at",
    [asker.id],
  );
  expect(rows).toEqual([{ ended: true }, { ended: false }]);
});
