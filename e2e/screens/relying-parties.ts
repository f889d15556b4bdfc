import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { settleSystems } from "../harness/systems.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

const PARTY = /relying-parties\/[\da-f-]{36}(?:\?|$)/;

/** A demonstration's administrator registers a system, replaces its secret, gives it a role, and disables it. */
export async function relyingPartyPictures(walk: Walk): Promise<void> {
  const { page, portal, database, words, language, shoot } = walk;
  const { list, page: titles, secrets, roles, power, shown } = words.relyingParties;
  const { rows } = await database.query<{ id: string }>(
    "select account_id as id from role_grant where role = 'administrator' and state = 'active' order by granted_at limit 1",
  );
  await openSessionOf(rows[0]?.id ?? "", ["password", "totp"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  const [holder = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  await settleSystems(portal.dataDir, holder, [
    { name: "Perolehan", owner: "Unit Perolehan, 03-0000 1234", roles: ["Penyedia", "Pelulus"], minimumLevel: "aal2" },
  ]);
  await page.goto("/admin/relying-parties");
  await shoot("admin-systems");
  await page.goto("/admin/relying-parties?q=tiada");
  await shoot("admin-systems-nothing");
  await page.goto("/admin/relying-parties/new");
  await shoot("admin-system-new");
  await press(page, titles.addSubmit);
  await untilAlert(walk);
  await shoot("admin-system-wrong");
  await field(page, "name").fill(language === "ms" ? "Kenderaan Jabatan" : "Vehicles of the Department");
  await field(page, "redirectUris").fill("https://kenderaan.contoh.example.gov.my/masuk");
  await press(page, titles.addSubmit);
  await page.locator(".party-secret").waitFor();
  await shoot("admin-system-secret");
  await page.getByRole("link", { name: shown.next }).click();
  await page.waitForURL(PARTY);
  await shoot("admin-system");
  const party = page.url();
  await page.getByRole("link", { name: secrets.rotate }).click();
  await page.waitForURL("**/secret");
  await shoot("admin-system-rotate");
  await press(page, secrets.submit);
  await page.locator(".party-secret").waitFor();
  await shoot("admin-system-rotated");
  await page.goto(party);
  await page.getByRole("link", { name: roles.add }).click();
  await page.waitForURL("**/roles/new");
  await shoot("admin-system-role-new");
  await field(page, "key").fill("pemandu");
  await field(page, "nameMs").fill("Pemandu");
  await field(page, "nameEn").fill("Driver");
  await press(page, roles.addSubmit);
  await page.locator(".toast").waitFor();
  await page.getByRole("link", { name: language === "ms" ? "Pemandu" : "Driver", exact: true }).click();
  await page.waitForURL(/roles\/[\da-f-]{36}$/);
  await shoot("admin-system-role");
  await saving(walk, party);
  await page.goto(party);
  await press(page, power.off);
  await page.locator(".toast").waitFor();
  await shoot("admin-system-off");
  await page.getByRole("link", { name: list.title, exact: true }).click();
  await page.waitForURL("**/relying-parties");
  await shoot("admin-systems-off");
}

/** Two tabs stand for two administrators; the second is shown what the first has saved. */
async function saving({ page, words, shoot }: Walk, party: string): Promise<void> {
  const { save } = words.administration.common;
  const other = await page.context().newPage();
  await other.goto(party);
  await page.goto(party);
  await field(other, "category").fill("Pengangkutan");
  await press(other, save);
  await other.locator(".toast").waitFor();
  await other.close();
  await field(page, "category").fill("Kenderaan");
  await field(page, "startUri").fill("https://kenderaan.contoh.example.gov.my/");
  await press(page, save);
  await page.locator(".conflict").waitFor();
  await shoot("admin-system-conflict");
  await press(page, save);
  await page.locator(".toast").waitFor();
}
