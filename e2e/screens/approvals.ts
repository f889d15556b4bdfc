import { settleAskingSystem } from "../harness/approvals.ts";
import { settlePeople } from "../harness/people.ts";
import { giveAuthenticatorApp } from "../harness/second-factors.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** A transaction to be approved: shown, answered wrongly, refused, and not theirs. */
export async function approvalPictures({ page, words, shoot, portal, database, ...walk }: Walk): Promise<void> {
  const { approve } = words.interaction;
  const all = { page, words, shoot, portal, database, ...walk };
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  const app = await giveAuthenticatorApp(portal.dataDir, id);
  const system = await settleAskingSystem(portal, id);
  await openSessionOf(id, ["password", "totp"], { context: page.context(), database, origin: portal.origin });
  const { path } = await system.ask({
    identifier: "BAUCAR-2026-000123",
    title: "Bayaran bekalan alat tulis & peralatan pejabat suku ketiga",
    reference: "BV/2026/000123",
    amount: "12500.00",
    currency: "MYR",
    payee: "Syarikat Contoh Sdn. Bhd.",
  });
  await page.goto(path);
  await shoot("approve");
  await field(page, "code").fill(app.codeNow(20));
  await press(page, approve.byCode);
  await untilAlert(all);
  await shoot("approve-wrong-code");
  await page.reload();
  await page.locator(".refuse > summary").click();
  await field(page, "reason").fill("Tidak");
  await press(page, approve.refuse.submit);
  await untilAlert(all);
  await shoot("approve-refuse-wrong");
  await database.query("update transaction_approval set expires_at = now() where account_id = $1", [id]);
  await page.reload();
  await shoot("approve-expired");
}
