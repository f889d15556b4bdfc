import { confirmStaff, giveSystemRole, leaveFrom } from "../harness/example-systems.ts";
import { settlePeople } from "../harness/people.ts";
import { giveAuthenticatorApp } from "../harness/second-factors.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** On the way to a system: what is missing, asked for, refused and agreed to. */
export async function interactionPictures(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  const context = page.context();
  const { interaction } = words;
  const at = { context, database };
  const signedIn = { ...at, origin: portal.origin };
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  await confirmStaff(database, id);
  await giveSystemRole(database, id, "perakaunan", "penyedia");
  const perakaunan = await leaveFrom("perakaunan", at);
  await context.clearCookies({ name: "kunci-session" });
  await page.goto(perakaunan.path);
  await shoot("interaction-sign-in");
  await openSessionOf(id, ["password"], signedIn);
  await page.goto(perakaunan.path);
  await shoot("interaction-enrol");
  await press(page, interaction.enrol.passkey);
  await page.waitForURL("**/settings/passkeys");
  await shoot("interaction-waiting");
  const phr = await leaveFrom("perakaunan", { ...at, wishes: { acr_values: "urn:kunci:aal2:phr" } });
  await page.goto(phr.path);
  await shoot("interaction-enrol-passkey");
  await giveAuthenticatorApp(portal.dataDir, id, { asksTwoFactors: false });
  await page.goto(perakaunan.path);
  await shoot("interaction-step-up");
  await press(page, interaction.stepUp.submit);
  await page.waitForURL("**/sign-in/step-up");
  await shoot("interaction-step-up-code");
  const again = await leaveFrom("cuti", { ...at, wishes: { prompt: "login" } });
  await page.goto(again.path);
  await shoot("interaction-too-old");

  const aset = await leaveFrom("aset", at);
  await page.goto(aset.path);
  await shoot("interaction-no-role");
  await field(page, "reason").fill("x".repeat(501));
  await press(page, interaction.request.submit);
  await untilAlert(walk);
  await shoot("interaction-no-role-wrong");
  await field(page, "reason").fill("");
  await press(page, interaction.request.submit);
  await page.locator(".callout").waitFor();
  await shoot("interaction-request-waits");
  await database.query("update account set staff_confirmed_at = null where id = $1", [id]);
  await page.reload();
  await shoot("interaction-unconfirmed");
  await confirmStaff(database, id);

  await page.goto(`/interaction/${"x".repeat(21)}`);
  await shoot("interaction-expired");
}
