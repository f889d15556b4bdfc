import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, untilAlert, type Walk } from "./walk.ts";

/** A demonstration's administrator: every page, what goes wrong on it, and what everybody then sees. */
export async function administrationPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot } = walk;
  const { rows } = await database.query<{ id: string }>(
    "select account_id as id from role_grant where role = 'administrator' and state = 'active' order by granted_at limit 1",
  );
  await openSessionOf(rows[0]?.id ?? "", ["password", "totp"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  await page.goto("/admin");
  await shoot("admin");
  for (const name of ["policy", "domains", "offices", "offices/new", "questions", "questions/new", "look"]) {
    await page.goto(`/admin/${name}`);
    await shoot(`admin-${name.replace("/", "-")}`);
  }
  await lists(walk);
  await announcing(walk);
  await closing(walk);
}

async function lists(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  const { common, offices, questions } = words.administration;
  await page.goto("/admin/domains");
  await field(page, "domains").fill("gmail.com");
  await press(page, common.save);
  await untilAlert(walk);
  await shoot("admin-domains-wrong");
  await page.goto("/admin/offices/new");
  await press(page, offices.addSubmit);
  await untilAlert(walk);
  await shoot("admin-offices-wrong");
  await page.goto("/admin/offices");
  await page.locator("main table a").first().click();
  await page.waitForURL(/offices\/[\da-f-]{36}$/);
  await shoot("admin-office");
  await page.goto("/admin/questions/mother_name");
  await page.getByText(questions.fixed).waitFor();
  await shoot("admin-question-answered");
}

async function announcing(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  const { announcements } = words.administration;
  await page.goto("/admin/announcements");
  await shoot("admin-announcements-none");
  await page.goto("/admin/announcements/new");
  await field(page, "textMs").fill("Portal ditutup malam ini untuk penyelenggaraan, 10:00 malam hingga 2:00 pagi.");
  await press(page, announcements.preview);
  await untilAlert(walk);
  await shoot("admin-announcement-wrong");
  await field(page, "textEn").fill("The portal closes tonight for maintenance, 10 pm to 2 am.");
  await page.locator("#level-warning").check();
  await press(page, announcements.preview);
  await page.locator(".admin-preview").waitFor();
  await shoot("admin-announcement-preview");
  await press(page, announcements.publish);
  await page.locator(".toast").waitFor();
  await shoot("admin-announcements");
  await page.locator("main table a").first().click();
  await page.waitForURL(/announcements\/[\da-f-]{36}$/);
  await shoot("admin-announcement");
  await press(page, announcements.takeDown);
  await page.locator(".toast").waitFor();
}

/** Two tabs stand for two administrators; the second closes registration over what the first saved. */
async function closing(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  const { save } = words.administration.common;
  const first = await page.context().newPage();
  await first.goto("/admin/policy");
  await page.goto("/admin/policy");
  await first.locator("#registration-closed").check();
  await press(first, save);
  await first.locator(".toast").waitFor();
  await page.locator("#passwordPolicy-nist").check();
  await press(page, save);
  await page.locator(".conflict").waitFor();
  await shoot("admin-policy-conflict");
  await first.goto("/register");
  await first.close();
  await page.goto("/register");
  await shoot("register-closed");
  await page.goto("/admin/policy");
  await page.locator("#registration").check();
  await press(page, save);
  await page.locator(".toast").waitFor();
}
