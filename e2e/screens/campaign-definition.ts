import { field, isAtWork } from "../harness/steps.ts";
import { settleOfficer } from "../harness/tokens.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** Days from now in the agency's zone, as a date field wants them. */
const day = (n: number): string => new Date(Date.now() + (n * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

/** A campaign is written page by page, read through, announced, and its letters looked at. */
export async function campaignDefinitionPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words } = walk;
  const { campaigns, administration } = words;
  const { save } = administration.common;
  await settleOfficer(
    "administrator",
    { context: page.context(), database, origin: portal.origin },
    portal.dataDir,
    somebody(),
  );
  await page.goto("/admin/campaigns/new");
  await shoot("campaign-new");
  await isAtWork(field(page, "nameMs"));
  await field(page, "authority").fill("Surat Pekeliling Contoh Bil. 2 Tahun 2026");
  await press(page, campaigns.new.save);
  await untilAlert(walk);
  await shoot("campaign-new-wrong");
  await field(page, "nameMs").fill("Peralihan pejabat cawangan");
  await field(page, "nameEn").fill("Branch offices move");
  await field(page, "reasonMs").fill(
    "Token USB digantikan. Dengan Roaming OTP anda meluluskan dari mana-mana komputer.",
  );
  await field(page, "reasonEn").fill("USB tokens are replaced. With Roaming OTP you approve from any computer.");
  await field(page, "contacts").fill("Unit Peralihan Contoh\n03-0000 1234");
  await press(page, campaigns.new.save);
  await page.waitForURL(/\/whom\?done=created/);
  await shoot("campaign-whom");
  const at = new URL(page.url()).pathname.replace(/\/whom$/, "");
  await page.goto(`${at}/stage`);
  await shoot("campaign-stage-lacking");
  await page.goto(at);
  await shoot("campaign-board-draft");
  await page.goto(`${at}/whom`);
  await isAtWork(field(page, "roles").first());
  await field(page, "roles").last().check();
  await press(page, save);
  await page.waitForURL(/\/whom\?done=changed/);

  await page.goto(`${at}/phases`);
  await shoot("campaign-phases-none");
  for (const [from, until] of [
    [10, 20],
    [20, 30],
  ] as const) {
    await page.goto(`${at}/phases/new`);
    if (from === 10) await shoot("campaign-phase-new");
    await isAtWork(field(page, "fromDay"));
    await field(page, "fromDay").fill(day(from));
    await field(page, "untilDay").fill(day(until));
    await page.locator('[name="offices"]').first().check();
    await press(page, save);
    if (from === 10) await page.waitForURL(/\/phases\?done=changed/);
  }
  await untilAlert(walk);
  await shoot("campaign-phase-wrong");
  await page.goto(`${at}/phases`);
  await shoot("campaign-phases");

  await page.goto(`${at}/letters`);
  await isAtWork(field(page, "invitation.subjectMs"));
  await press(page, campaigns.letters.preview);
  await page.locator(".definition-preview").first().waitFor();
  await shoot("campaign-letters");
  await page.goto(`${at}/schedule`);
  await shoot("campaign-schedule");
  await isAtWork(field(page, "quietDays"));
  await field(page, "quietDays").fill("25/12/2027\n31/02/2028");
  await press(page, save);
  await untilAlert(walk);
  await shoot("campaign-schedule-wrong");

  await page.goto(`${at}/stage`);
  await shoot("campaign-stage");
  await isAtWork(page.getByRole("button", { name: campaigns.stage.moves.announce.name }));
  await press(page, campaigns.stage.moves.announce.name);
  await page.waitForURL(/\/stage\?done=announced/);
  await shoot("campaign-stage-announced");
  await page.goto(`${at}/edit`);
  await shoot("campaign-edit-announced");
}
