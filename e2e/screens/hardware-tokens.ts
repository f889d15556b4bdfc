import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { settleOfficer, settleTokens } from "../harness/tokens.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** Hardware tokens: the register, one of them, its return and receipt, a file of them, and what their holder sees. */
export async function hardwareTokenPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words, language } = walk;
  const { hardwareTokens } = words;
  const [owner = "", gone = ""] = await settlePeople(portal.dataDir, [somebody(), somebody()], "activated");
  await database.query("update account set status = 'suspended' where id = $1", [gone]);
  const [used = "", retired = ""] = await settleTokens(database, owner, ["issued", "retired", "lost"]);
  await settleTokens(database, gone, ["issued"]);
  const place = { context: page.context(), database, origin: portal.origin };

  await openSessionOf(owner, ["password"], place);
  await page.goto("/settings/hardware-tokens");
  await shoot("settings-hardware-tokens-own");
  await page.goto(`/settings/hardware-tokens/${used}/lost`);
  await shoot("settings-token-lost");
  await field(page, "note").fill("x".repeat(501));
  await press(page, hardwareTokens.lost.submit);
  await untilAlert(walk);
  await shoot("settings-token-lost-wrong");
  await field(page, "note").fill("Tercicir di stesen kereta api.");
  await press(page, hardwareTokens.lost.submit);
  await page.waitForURL(/done=lost/);
  await shoot("settings-token-lost-done");

  await settleOfficer("administrator", place, portal.dataDir, somebody());
  await page.goto("/admin/tokens");
  await shoot("admin-tokens");
  await field(page, "q").fill("tiada-siri");
  await press(page, hardwareTokens.search.submit);
  await page.waitForURL(/q=/);
  await shoot("admin-tokens-none");
  await page.goto(`/admin/tokens/${retired}`);
  await shoot("admin-token");
  await page.goto(`/admin/tokens/${retired}/lost`);
  await press(page, hardwareTokens.deeds.lost.submit);
  await untilAlert(walk);
  await shoot("admin-token-lost-wrong");
  await page.goto(`/admin/tokens/${retired}/return`);
  await shoot("admin-token-return");
  await field(page, "note").fill("Baik");
  await press(page, hardwareTokens.deeds.return.submit);
  await page.waitForURL(/done=returned/);
  await shoot("admin-token-returned");
  await page.goto(`/admin/tokens/${retired}/receipt`);
  await shoot("admin-token-receipt");

  await page.goto("/admin/tokens/import?refused=columns_unknown");
  await shoot("admin-tokens-import-wrong");
  const file = `Serial Number,Official Email\nGPKI-${language}-1,tiada@contoh.example.gov.my\nGPKI-${language}-2,`;
  const email = (await database.query<{ e: string }>("select official_email as e from account where id = $1", [owner]))
    .rows[0]?.e;
  await page.goto("/admin/tokens/import");
  await page
    .locator("#file")
    .setInputFiles({ name: "token.csv", mimeType: "text/csv", buffer: Buffer.from(`${file}${email}\n`) });
  await page.getByRole("button", { name: hardwareTokens.import.submit, exact: true }).click();
  await page.waitForURL(/import\/[0-9a-f-]{36}$/);
  await shoot("admin-tokens-import");
}
