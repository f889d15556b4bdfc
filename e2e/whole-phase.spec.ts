import type { Page } from "@playwright/test";
import type pg from "pg";
import { totpCode } from "#lib/testing/totp.ts";
import type { Messages } from "#lib/text/messages.ts";
import { giveSystemRole } from "./harness/example-systems.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { linkIn } from "./harness/mailbox.ts";
import { enterAs } from "./harness/officers.ts";
import {
  activate,
  askForLetter,
  choosePasswordCard,
  field,
  givePassword,
  isAtWork,
  type Somebody,
  signIn,
  upToFigure,
  type Walker,
} from "./harness/steps.ts";
import { beginPhase, letTheClockStrike, type Phase } from "./harness/whole-phase.ts";

const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from([...lines, ""].join("\r\n")),
});

/** The person comes by the staff register, and their token by a file of its own. */
async function bringIn(page: Page, words: Messages, person: Somebody, phase: Phase, serial: string) {
  const { staffRegister, hardwareTokens } = words;
  const { number } = person.identity;
  await page.goto("/admin/staff-register");
  await page
    .locator("#file")
    .setInputFiles(
      csv("daftar.csv", [
        "No. Kad Pengenalan,Nama Penuh,Emel Rasmi,Kod Pejabat,Pejabat",
        `${number},${person.fullName},${person.officialEmail},${phase.officeCode},${phase.officeName}`,
      ]),
    );
  await press(page, staffRegister.upload.submit);
  await expect(page.getByRole("heading", { name: staffRegister.apply.heading })).toBeVisible({ timeout: 20_000 });
  await isAtWork(field(page, "opensOn"));
  await press(page, staffRegister.apply.submit);
  await expect(page.getByRole("heading", { name: staffRegister.import.countsDone })).toBeVisible({ timeout: 20_000 });

  await page.goto("/admin/tokens/import");
  await page
    .locator('input[type="file"]')
    .setInputFiles(csv("token.csv", ["No. Siri,Jenis,No. Kad Pengenalan", `${serial},Token USB,${number}`]));
  await press(page, hardwareTokens.import.submit);
  const apply = page.getByRole("button", { name: new RegExp(`^${upToFigure(hardwareTokens.import.applySubmit)}`) });
  await isAtWork(apply);
  await apply.click();
  await expect(page.locator("main")).toContainText(hardwareTokens.import.register);
}

/** Sets the app up on the page, by the key that is there for typing. Its secret. */
async function setUpApp(page: Page, { authenticatorApp }: Messages): Promise<string> {
  await page.goto("/settings/authenticator-app");
  await press(page, authenticatorApp.begin);
  await page.getByText(authenticatorApp.setup.cannotScan).click();
  const secret = ((await page.locator(".secret").textContent()) ?? "").replaceAll(" ", "");
  await field(page, "code").fill(totpCode(secret, new Date()));
  await press(page, authenticatorApp.setup.submit);
  await page.waitForURL(/done=/);
  return secret;
}

/** From a machine that knows nobody, a payment of the example system is approved by the app's codes alone. */
async function approveVoucher(
  walker: Walker,
  { database, person, secret }: { database: pg.Pool; person: Somebody; secret: string },
) {
  const { page, words } = walker;
  const { exampleSystems, interaction, signIn: signing } = words;
  const { rows } = await database.query("select start_uri from relying_party where client_id = 'contoh-perakaunan'");
  const system: string = rows[0].start_uri;
  await page.goto(system);
  await page.getByRole("link", { name: exampleSystems.button, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
  await field(page, "identityNumber").fill(person.identity.number);
  await page.getByRole("button", { name: signing.next, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\/method$/);
  await choosePasswordCard(walker);
  await givePassword(walker);
  await expect(page).toHaveURL(/\/sign-in\/(code|method)/);
  await field(page, "code").fill(totpCode(secret, new Date()));
  await page.getByRole("button", { name: signing.code.submit, exact: true }).click();
  await page.waitForURL(system);
  await page.goto(new URL("/perakaunan/voucher-2", system).href);
  await press(page, exampleSystems.vouchers.ask);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(interaction.approve.heading);
  await expect(page.locator(".transaction")).toContainText("MYR 480.90");
  await field(page, "code").fill(totpCode(secret, new Date(), 1));
  await press(page, interaction.approve.byCode);
  await page.waitForURL(/\/perakaunan\/voucher-2$/);
  const found = page.locator("#statement");
  await expect(found).toContainText(upToFigure(exampleSystems.vouchers.verified));
  await expect(found).toContainText(person.fullName);
}

test("a whole phase: from the staff register to a voucher approved on another machine, a token retired and the board at 100 %", async ({
  page,
  context,
  database,
  origin,
  settled,
  somebody,
  words,
  walkerOn,
  mailbox,
  anotherBrowser,
}) => {
  test.setTimeout(180_000);
  const { moveRequests, move, profile, hardwareTokens } = words;
  const person = somebody();
  const serial = `FASA-${person.identity.number.slice(0, 8)}`;
  const phase = await beginPhase(dataDir());
  const board = `/admin/campaigns/${phase.campaignId}`;
  await enterAs("administrator", await settled("activated"), { context, database, origin });
  await bringIn(page, words, person, phase, serial);
  const { rows } = await database.query("select id from account where official_email = $1", [person.officialEmail]);
  const accountId: string = rows[0].id;
  await giveSystemRole(database, accountId, "perakaunan", "pelulus");

  await letTheClockStrike(dataDir(), phase);
  const invitation = await mailbox.nextTo(person.officialEmail);
  expect(invitation.text).toContain(`${origin}/activate`);
  await page.goto(board);
  await expect(page.locator(".kpi .v").first()).toHaveText("0%");

  const own = await anotherBrowser();
  const walker = { ...walkerOn(own), arrived: async () => {} };
  // The demonstration's own campaign is for approvers as well.
  const banner = own.locator(`main .move-banner[aria-labelledby="move-${phase.campaignId}"]`);
  await askForLetter(walker, person);
  await activate(walker, linkIn(await mailbox.nextTo(person.officialEmail, 2)), person);
  await own.goto("/sign-in");
  await signIn(walker, person);
  await expect(banner).toContainText(move.banner.to_do);
  await own.goto("/settings/profile/mobile");
  await isAtWork(field(own, "mobile"));
  await field(own, "mobile").fill("+60 12 000 0000");
  await own.getByRole("button", { name: profile.save, exact: true }).click();
  await own.waitForURL(/done=mobile/);
  const secret = await setUpApp(own, words);
  // As if it had been set up with the code before: this one signs in, and the next one approves.
  await database.query("update totp_credential set last_step = last_step - 1 where account_id = $1", [accountId]);

  const office = { office: phase.officeCode };
  const sa = await anotherBrowser({ javaScript: false });
  await enterAs("sa", await settled("activated"), { context: sa.context(), database, origin }, office);
  await sa.goto(`${board}/requests/new`);
  await field(sa, "person").check();
  await field(sa, "reason").fill(words.console.reason.usual[0] ?? "");
  await press(sa, moveRequests.new.submit);
  await sa.waitForURL(/asked=1/);
  const ap = await anotherBrowser({ javaScript: false });
  await enterAs("ap", await settled("activated"), { context: ap.context(), database, origin }, office);
  await ap.goto(`${board}/requests?all=1`);
  await press(ap, moveRequests.openTicked);
  await expect(ap.locator("main")).toContainText(person.fullName);
  await press(ap, moveRequests.decide.confirm);
  await ap.waitForURL(/done=1/);

  await own.goto("/home");
  await expect(banner).toContainText(move.banner.hand_back);
  const ready = await mailbox.lettersTo(person.officialEmail);
  expect(ready.map(({ subject }) => subject)).toContain(words.mail.roamingReady.subject);

  await approveVoucher({ ...walker, page: await anotherBrowser() }, { database, person, secret });

  await page.goto(`${board}?phase=1`);
  await expect(page.locator(".kpi .v").first()).toHaveText("100%");
  await page.goto("/admin/tokens");
  await isAtWork(field(page, "q"));
  await field(page, "q").fill(serial);
  await field(page, "q").press("Enter");
  await expect(page.locator("main")).toContainText(hardwareTokens.states.retired);
});
