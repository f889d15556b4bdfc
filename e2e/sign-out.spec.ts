import { dataDir, expect, test } from "./harness/fixtures.ts";
import { inProduction } from "./harness/in-production.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { isAtWork } from "./harness/steps.ts";
import { settleSystems } from "./harness/systems.ts";

test("out of one system, out of everything, and out of the portal: what ends is said, and each system knows", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { signOut, exampleSystems: said } = words;
  const system = "Cuti dan Kehadiran";
  const named = (text: string) => text.replaceAll("{system}", system);
  const press = async (name: string) => {
    const button = page.getByRole("button", { name, exact: true });
    await isAtWork(button);
    await button.click();
  };
  const { rows } = await database.query("select start_uri from relying_party where client_id = 'contoh-cuti'");
  const cuti = `${new URL(rows[0].start_uri).origin}/cuti`;
  const person = await settled("activated");
  await database.query("update account set staff_confirmed_at = now() where id = $1", [person.id]);
  const open = async () => {
    await page.goto(`${cuti}/sign-in`);
    await expect(page).toHaveURL(cuti);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(said.who.replace("{name}", person.fullName));
  };
  const leave = async () => {
    await page.getByRole("button", { name: said.signOut, exact: true }).click();
    await expect(page).toHaveURL(/\/sign-out\?request=/);
    await expect(page.locator(".signed-out li")).toHaveText([system]);
  };

  await openSessionOf(person.id, ["password"], { context, database, origin });
  await open();
  await leave();
  await expectAccessible();
  await press(named(signOut.one));
  await expect(page).toHaveURL(cuti);
  await page.goto("/home");
  await expect(page.locator("details.me"), "the portal stays open").toBeVisible();

  await open();
  await leave();
  await press(signOut.all);
  await expect(page).toHaveURL(cuti);
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-out");
  await expect(page, "nothing left to ask").toHaveURL(/\/sign-out\/done$/);
  await expectAccessible();

  const { sessionId } = await openSessionOf(person.id, ["password"], { context, database, origin });
  await open();
  const from = { roles: ["Ahli"], held: ["Ahli"], from: sessionId };
  await settleSystems(dataDir(), person.id, [
    { name: "Sistem Mati", backchannelLogoutUri: "http://127.0.0.1:1/logout", ...from },
    { name: "Sistem Pekak", ...from },
  ]);
  await page.goto("/home");
  await page.locator("details.me > summary").click();
  await press(words.common.signOut);
  await expect(page).toHaveURL(/\/sign-out\/done\?note=/);
  const { states } = signOut;
  // In production nobody is told over http: it will be tried again, as with one that is away.
  const told = inProduction ? states.later : states.told;
  const list = page.locator(".signed-out li");
  await expect(list).toHaveText([`${system}${told}`, `Sistem Mati${states.later}`, `Sistem Pekak${states.never}`]);
  await expectAccessible();
  if (told === states.later) return;
  await page.goto(cuti);
  await expect(page.getByRole("status"), "the system has ended it by itself").toContainText(
    said.told.split("{", 1)[0] as string,
  );
});
