import { randomUUID } from "node:crypto";
import { settleCampaign } from "../harness/campaigns.ts";
import { confirmStaff, giveSystemRole } from "../harness/example-systems.ts";
import { settleApp, settlePeople } from "../harness/people.ts";
import { giveAuthenticatorApp } from "../harness/second-factors.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** What an SA prepares and an AP confirms: put forward, read, decided. */
export async function moveRequestPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words, language } = walk;
  const { moveRequests, console: desk } = words;
  const [first = "", second = "", sa = "", ap = ""] = await settlePeople(
    portal.dataDir,
    [somebody(), somebody(), somebody(), somebody()],
    "activated",
  );
  const { id: campaignId } = await settleCampaign(portal.dataDir, [{ id: first }, { id: second }], {
    requirements: ["second_factor", "ap_confirmation"],
  });
  const enter = async (id: string, role: "sa" | "ap") => {
    await database.query(
      `insert into role_grant (id, account_id, role, office_id, state, from_at, granted_at)
        select $1, id, $3, office_id, 'active', now() - interval '1 minute', now() from account where id = $2`,
      [randomUUID(), id, role],
    );
    await settleApp(portal.dataDir, id);
    await openSessionOf(id, ["password", "totp"], { context: page.context(), database, origin: portal.origin });
  };
  const requests = `/admin/campaigns/${campaignId}/requests`;
  await enter(sa, "sa");
  await page.goto(requests);
  await shoot("move-requests-none");
  await page.goto(`${requests}/new`);
  await field(page, "q").fill("Contoh");
  await press(page, moveRequests.new.searchSubmit);
  await page.waitForURL(/q=/);
  await shoot("move-requests-new");
  for (const id of [first, second]) {
    await page.goto(`${requests}/new?person=${id}`);
    await press(page, moveRequests.new.submit);
    await untilAlert(walk);
    if (id === first) await shoot("move-requests-new-wrong");
    await field(page, "reason").fill(desk.reason.usual[0] ?? "");
    await press(page, moveRequests.new.submit);
    await page.waitForURL(/asked=1/);
  }
  await shoot("move-requests");
  await enter(ap, "ap");
  await page.goto("/helpdesk/work?show=moves");
  await shoot("helpdesk-work-moves");
  await page.goto(`${requests}?all=1`);
  await press(page, moveRequests.openTicked);
  await page.waitForURL(/\/decide\?/);
  await shoot("move-requests-read");
  await press(page, moveRequests.decide.refuse);
  await untilAlert(walk);
  await shoot("move-requests-read-wrong");
  await page.locator(`#r-${await page.locator('[name="r"]').first().getAttribute("value")}`).uncheck();
  await field(page, "reason").fill(language === "ms" ? "Akan bersara bulan hadapan." : "Retires next month.");
  await press(page, moveRequests.decide.refuse);
  await page.waitForURL(/done=1/);
  await shoot("move-requests-refused");
  await press(page, moveRequests.decide.confirm);
  await page.waitForURL(/done=1/);
  await page.goto(`${requests}?show=decided`);
  await shoot("move-requests-decided");
}

/** Vouchers of the example system, approved and refused, and where their approver finds them again. */
export async function voucherPictures({ page, portal, database, shoot, words, language }: Walk): Promise<void> {
  const { exampleSystems, interaction } = words;
  const [id = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  const app = await giveAuthenticatorApp(portal.dataDir, id);
  await confirmStaff(database, id);
  await giveSystemRole(database, id, "perakaunan", "pelulus");
  await openSessionOf(id, ["password", "totp"], { context: page.context(), database, origin: portal.origin });
  const { rows } = await database.query("select start_uri from relying_party where client_id = 'contoh-perakaunan'");
  const accounting = rows[0].start_uri as string;
  await page.goto("/approvals");
  await shoot("approvals-none");
  await page.goto(`${accounting}?language=${language}`);
  await page.getByRole("link", { name: exampleSystems.button, exact: true }).click();
  await page.waitForURL(accounting);
  const [first, second] = language === "ms" ? ["1", "2"] : ["3", "4"];
  await page.goto(`${accounting}/voucher-${first}`);
  await press(page, exampleSystems.vouchers.ask);
  await page.waitForURL(/\/interaction\//);
  const way = page.url();
  await page.goto("/approvals");
  await shoot("approvals-waiting");
  await page.goto(way);
  await field(page, "code").fill(app.codeNow());
  await press(page, interaction.approve.byCode);
  await page.waitForURL(/voucher-\d$/);
  await shoot("voucher-approved");
  await page.goto(`${accounting}/voucher-${second}`);
  await press(page, exampleSystems.vouchers.ask);
  await page.waitForURL(/\/interaction\//);
  await page.locator(".refuse > summary").click();
  await field(page, "reason").fill(language === "ms" ? "Invois belum dilampirkan." : "The invoice is missing.");
  await press(page, interaction.approve.refuse.submit);
  await page.waitForURL(/voucher-\d$/);
  await shoot("voucher-refused");
  await page.goto(`${accounting}/vouchers`);
  await shoot("vouchers");
  await page.goto("/approvals");
  await shoot("approvals");
  await page.locator("main table a").last().click();
  await page.waitForURL(/\/approvals\/[\w-]+$/);
  await shoot("approval");
}
