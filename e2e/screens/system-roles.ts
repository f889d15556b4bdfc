import { randomUUID } from "node:crypto";
import { settleRequest } from "../harness/access.ts";
import { settleApp, settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

const roles = {
  penyedia: ["Penyedia baucar", "Voucher preparer"],
  pelulus: ["Pelulus baucar", "Voucher approver"],
} as const;

/** An office decides who may open which system: requests among the tasks, roles given and taken from an account. */
export async function systemRolePictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words } = walk;
  const { systemRoles, console: desk } = words;
  const [owner = "", officer = ""] = await settlePeople(portal.dataDir, [somebody(), somebody()], "activated");
  await database.query("update account set staff_confirmed_at = now() where id = $1", [owner]);
  const note = "Saya mengambil alih penyediaan baucar mulai Isnin.";
  const { requestId } = await settleRequest(portal.dataDir, owner, { name: "Perakaunan", roles, note });
  const other = await settleRequest(portal.dataDir, owner, {
    name: "Aset Alih",
    roles: { p: ["Pegawai aset", "Asset officer"] },
  });
  await database.query(
    `insert into role_grant (id, account_id, role, office_id, state, from_at, granted_at)
      select $1, id, 'sa', office_id, 'active', now() - interval '1 minute', now() from account where id = $2`,
    [randomUUID(), officer],
  );
  await settleApp(portal.dataDir, officer);
  await openSessionOf(officer, ["password", "totp"], { context: page.context(), database, origin: portal.origin });

  await page.goto("/helpdesk/work?show=access");
  await shoot("helpdesk-work-access");
  await page.goto(`/helpdesk/access/${requestId}`);
  await shoot("helpdesk-access");
  await press(page, systemRoles.access.approve.submit);
  await untilAlert(walk);
  await shoot("helpdesk-access-wrong");
  await field(page, "roles").first().check();
  await field(page, "reason").fill(desk.reason.usual[0] ?? "");
  await press(page, systemRoles.access.approve.submit);
  await page.waitForURL(/done=granted/);
  await shoot("helpdesk-access-granted");
  await page.goto(`/helpdesk/access/${other.requestId}`);
  await field(page, "answer").fill("Aset pejabat diuruskan oleh unit lain. Minta melalui Unit Aset.");
  await press(page, systemRoles.access.refuse.submit);
  await page.waitForURL(/done=refused/);
  await shoot("helpdesk-access-refused");

  const account = `/helpdesk/accounts/${owner}`;
  await page.goto(account);
  await shoot("helpdesk-account-systems");
  await page.goto(`${account}/systems`);
  await shoot("helpdesk-systems");
  await field(page, "system").selectOption({ label: "Aset Alih" });
  await press(page, systemRoles.choose.submit);
  await page.waitForURL(/system=/);
  await shoot("helpdesk-systems-give");
  await page.goto(`${account}/systems`);
  await page.getByRole("link", { name: new RegExp(`^${systemRoles.end}`) }).click();
  await page.waitForURL(/\/end/);
  await shoot("helpdesk-systems-end");
  await field(page, "reason").fill(desk.reason.usual[0] ?? "");
  await press(page, systemRoles.ending.submit);
  await page.waitForURL(/done=ended/);
  await shoot("helpdesk-systems-ended");
}
