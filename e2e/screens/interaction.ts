import { exampleSystems } from "#lib/server/demo/example-systems/systems.ts";
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

  await othersPictures(walk, id);
  await page.goto(`/interaction/${"x".repeat(21)}`);
  await shoot("interaction-expired");
}

/** A system of others that asks to be told something, for somebody else, is led on to, and closes. */
async function othersPictures({ page, shoot, portal, database }: Walk, id: string): Promise<void> {
  const context = page.context();
  const cuti = exampleSystems.cuti.clientId;
  const set = (
    column: "owned_by_agency = false" | "owned_by_agency = true" | "disabled_at = now()" | "disabled_at = null",
  ) => database.query(`update relying_party set ${column} where client_id = $1`, [cuti]);
  /** Nobody is signed in when the system asks, so that the portal's page comes first whatever it asks. */
  async function arrive(wishes: Record<string, string>): Promise<void> {
    await context.clearCookies({ name: "kunci-session" });
    const { path } = await leaveFrom("cuti", { database, wishes });
    await page.goto(path);
    const back = new URL(page.url()).searchParams.get("returnTo") ?? "";
    await openSessionOf(id, ["password"], { context, database, origin: portal.origin });
    await page.goto(back);
  }
  // What answers with nothing leaves the browser where it is.
  const onward = /\/oidc\/auth\/[\w-]+$/;
  await context.route(onward, (route) => route.fulfill({ status: 204 }));
  await arrive({});
  await shoot("interaction-go-on");
  await context.unroute(onward);
  await arrive({ claims: JSON.stringify({ id_token: { sub: { value: "somebody-else" } } }) });
  await shoot("interaction-other-person");
  await set("owned_by_agency = false");
  await arrive({ scope: "openid profile email roles" });
  await shoot("interaction-consent");
  await set("disabled_at = now()");
  await page.reload();
  await shoot("interaction-closed");
  await set("disabled_at = null");
  await set("owned_by_agency = true");
}
