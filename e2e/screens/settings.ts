import { settingsPages } from "#app/(account)/settings/settings-pages.ts";
import { GOOD_PASSWORD, settleApp, settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field, pressAndStay } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** Somebody new to the settings, then somebody who has everything, then somebody who is asked to prove it once more. */
export async function settingsPictures(walk: Walk): Promise<void> {
  await firstVisit(walk);
  await choices(walk);
  await mistakes(walk);
  await everything(walk);
  await provenLongAgo(walk);
}

async function signedIn({ page, portal, database }: Walk): Promise<string> {
  const [id = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  await openSessionOf(id, ["password"], { context: page.context(), database, origin: portal.origin });
  return id;
}

async function firstVisit(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  await signedIn(walk);
  await page.goto("/home");
  await shoot("home-offer");
  await press(page, words.offer.notNow);
  await page.locator(".toast").waitFor();
  await shoot("home-offer-put-off");
  for (const [name, { path }] of Object.entries(settingsPages)) {
    if (name === "google") continue;
    await page.goto(path);
    await shoot(name === "overview" ? "settings" : `settings-${name}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/settings/sessions");
  await page.locator(".side-m > summary").click();
  await shoot("settings-list-open");
}

async function choices(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  await page.goto("/settings/language");
  await press(page, words.settings.language.save);
  await page.locator(".toast").waitFor();
  await shoot("settings-language-done");
  await page.goto("/settings/language?wrong=1");
  await untilAlert(walk);
  await shoot("settings-language-wrong");
  await page.goto("/settings/appearance");
  await page.locator("input[name=appearance][value=dark]").check();
  await press(page, words.appearance.save);
  await page.locator(".toast").waitFor();
  await shoot("settings-appearance-dark-chosen");
  await page.locator("input[name=appearance][value=device]").check();
  await press(page, words.appearance.save);
  await page.getByText(words.appearance.done.device).waitFor();
}

async function mistakes(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  const { setup, begin } = words.authenticatorApp;
  await page.goto("/settings/authenticator-app");
  await press(page, begin);
  await field(page, "code").waitFor();
  await page.getByText(setup.cannotScan).click();
  await shoot("settings-authenticator-app-setup");
  await field(page, "code").fill("000000");
  await pressAndStay(page, setup.submit);
  await untilAlert(walk);
  await shoot("settings-authenticator-app-wrong");
  await press(page, setup.cancel);

  await page.goto("/settings/security-phrase");
  await field(page, "phrase").fill(GOOD_PASSWORD);
  await page.locator('main form:has([name="phrase"]) button[type="submit"]').click();
  await untilAlert(walk);
  await shoot("settings-security-phrase-wrong");
  await page.goto("/settings/password");
  await field(page, "password").fill("nasi lemak");
  await page.locator('main form:has([name="password"]) button[type="submit"]').click();
  await untilAlert(walk);
  await shoot("settings-password-wrong");
  await page.goto("/settings/security-questions");
  await field(page, "questionId").selectOption({ index: 1 });
  await field(page, "answer").fill("x");
  await page.locator('main form:has([name="answer"]) button[type="submit"]').click();
  await untilAlert(walk);
  await shoot("settings-security-questions-wrong");
}

async function everything(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  const id = await signedIn(walk);
  await settleApp(portal.dataDir, id);
  for (const [name, synced] of [
    ["Komputer pejabat", false],
    ["Telefon Aisyah", true],
  ])
    await database.query(
      `insert into passkey (id, account_id, credential_id, public_key, counter, aaguid, transports, backup_eligible, backed_up, name,
         created_at, created_from, last_used_at)
       values (gen_random_uuid(), $1, gen_random_uuid()::text, 'x', 0, '00000000-0000-0000-0000-000000000000', '{internal,hybrid}', $2, $2, $3,
         now() - interval '40 days', 'Chrome pada Windows', now() - interval '2 days')`,
      [id, synced, name],
    );
  await openSessionOf(id, ["password", "totp"], { context: page.context(), database, origin: portal.origin });
  await page.goto("/settings/recovery-codes");
  await press(page, words.recoveryCodes.make);
  await page.locator(".code-list").waitFor();
  await shoot("settings-recovery-codes-shown");
  await database.query(
    "update recovery_code set used_at = now(), used_from = 'Chrome pada Android' where account_id = $1 and position > 2",
    [id],
  );
  await page.goto("/settings/security-phrase");
  await field(page, "phrase").fill("teh tarik tepi tasik");
  await page.locator('main form:has([name="phrase"]) button[type="submit"]').click();
  await page.locator(".toast").waitFor();
  await shoot("settings-security-phrase-done");
  const pages = ["", "passkeys", "authenticator-app", "authenticator-app/remove", "recovery-codes", "sessions"];
  for (const name of pages) {
    await page.goto(`/settings/${name}`);
    await shoot(`settings${name && `-${name.replace("/", "-")}`}-full`);
  }
  for (const what of ["rename", "remove"]) {
    await page.goto("/settings/passkeys");
    await page.locator(`main a[href$="/${what}"]`).first().click();
    await page.waitForURL(new RegExp(`/${what}$`));
    await shoot(`settings-passkeys-${what}`);
  }
  await page.goto("/home");
  await shoot("home-full");
  await page.goto("/settings");
  await page.locator('section:has(#two-factors) button[type="submit"]').click();
  await page.locator(".toast").waitFor();
  await shoot("settings-two-factors-off");
}

async function provenLongAgo(walk: Walk): Promise<void> {
  const { page, words, shoot, database } = walk;
  const stale = `update session set proofs = (select jsonb_agg(proof || '{"at": "2026-01-01T00:00:00Z"}') from jsonb_array_elements(proofs) proof)`;
  await database.query(`${stale} where ended_at is null`);
  await page.goto("/settings/password");
  await shoot("settings-password-prove");
  await page.goto("/settings/security-phrase");
  await press(page, words.securityPhrase.settings.remove);
  await page.waitForURL(/\/sign-in\/step-up/);
  await shoot("step-up");
}
