import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

const PATH = "/settings/profile";

/** Somebody who completes a profile, then asks for what others decide. */
export async function profilePictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot } = walk;
  const [id = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  await openSessionOf(id, ["password"], { context: page.context(), database, origin: portal.origin });
  await page.goto(PATH);
  await shoot("settings-profile");
  await ownMatters(walk);
  await othersDecide(walk);
  await page.goto("/home");
  await shoot("home-profile");
}

async function ownMatters({ page, words, shoot, ...walk }: Walk): Promise<void> {
  const { profile } = words;
  await page.goto(`${PATH}/mobile`);
  await shoot("settings-profile-mobile");
  await field(page, "mobile").fill("03-0000 1234");
  await press(page, profile.save);
  await untilAlert({ page, words, shoot, ...walk });
  await shoot("settings-profile-mobile-wrong");
  await field(page, "mobile").fill("0120000000");
  await press(page, profile.save);
  await page.locator(".toast").waitFor();
  await shoot("settings-profile-mobile-done");
  await page.goto(`${PATH}/roles`);
  await page.locator('[name="roles"]').nth(1).check();
  await page.locator('[name="roles"]').nth(3).check();
  await shoot("settings-profile-roles");
  await press(page, profile.save);
  await page.locator(".toast").waitFor();
  await page.goto(`${PATH}/roles?wrong=1`);
  await shoot("settings-profile-roles-wrong");
}

async function othersDecide(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  const { submit } = words.requests;
  await page.goto(`${PATH}/name`);
  await shoot("settings-profile-name");
  await field(page, "fullName").fill("Aisyah 2 Contoh");
  await press(page, submit);
  await untilAlert(walk);
  await shoot("settings-profile-name-wrong");
  await field(page, "fullName").fill("Nur Aisyah binti Contoh @ Rekaan");
  await field(page, "reason").fill("Nama pada MyKad saya lebih panjang.");
  await press(page, submit);
  await page.locator(".toast").waitFor();
  await shoot("settings-profile-filed");
  await page.goto(`${PATH}/name`);
  await shoot("settings-profile-name-waiting");
  await press(page, words.profile.withdraw);
  await page.locator(".toast").waitFor();
  await page.goto(`${PATH}/name`);
  await shoot("settings-profile-name-past");
  await page.goto(`${PATH}/office`);
  await shoot("settings-profile-office");
  await field(page, "office").selectOption({ index: 1 });
  await press(page, submit);
  await page.locator(".toast").waitFor();
  await page.goto(`${PATH}/identity`);
  await shoot("settings-profile-identity");
  await field(page, "identityNumber").fill("900231-14-0000");
  await press(page, submit);
  await untilAlert(walk);
  await shoot("settings-profile-identity-wrong");
}
