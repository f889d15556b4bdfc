import { settleCampaign } from "./harness/campaigns.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { CONSOLE_PROOFS, enterAs } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field } from "./harness/steps.ts";

test("an SA puts people forward, tells the AP, and the AP reads and confirms them together, without script", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  mailbox,
  anotherBrowser,
  expectAccessible,
}) => {
  test.slow();
  const { moveRequests, refusals, console: desk } = words;
  const [sa, ap, first, second] = [
    await settled("activated"),
    await settled("activated"),
    await settled("activated"),
    await settled("activated"),
  ];
  const nameMs = `Peralihan ${first.id.slice(0, 8)}`;
  const { id: campaignId } = await settleCampaign(dataDir(), [first, second], { nameMs, nameEn: nameMs });
  const requests = `/admin/campaigns/${campaignId}/requests`;
  const press = (on: typeof page, name: string) => on.getByRole("button", { name, exact: true }).click();

  // Another browser, not signed in as anybody: the AP's comes later, so that both letters are theirs alone.
  const plain = await anotherBrowser({ javaScript: false });
  await enterAs("ap", ap, { context: plain.context(), database, origin });
  await enterAs("sa", sa, { context, database, origin });
  await page.goto(requests);
  await expect(page.getByRole("heading", { name: moveRequests.empty.open })).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: moveRequests.prepare }).click();
  await page.waitForURL(`${requests}/new`);
  for (const person of [first, second]) {
    await field(page, "q").fill(person.identity.number);
    await press(page, moveRequests.new.searchSubmit);
    await page.waitForURL(/person=[\w-]+$/);
    expect(page.url(), "a number is in no address").not.toContain(person.identity.number);
    if (person === first) {
      await press(page, moveRequests.new.submit);
      await expect(alertOn(page).first()).toContainText(refusals.reason_missing);
      await expectAccessible();
    }
    await field(page, "reason").fill(desk.reason.usual[0] ?? "");
    await press(page, moveRequests.new.submit);
    await page.waitForURL(/asked=1/);
    await page.goto(`${requests}/new`);
  }
  await page.goto(requests);
  await expect(page.getByRole("row")).toHaveCount(3);
  await expectAccessible();
  await press(page, moveRequests.tell.submit);
  await page.waitForURL(/told=\d/);
  const { text } = await mailbox.nextTo(ap.officialEmail);
  expect(text).toContain(requests);

  await plain.goto("/helpdesk/work?show=moves");
  await plain.getByRole("link", { name: nameMs }).click();
  await plain.getByRole("link", { name: moveRequests.tickAll }).click();
  await press(plain, moveRequests.openTicked);
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText(moveRequests.decide.heading);
  for (const person of [first, second]) await expect(plain.locator("main")).toContainText(person.fullName);
  await press(plain, moveRequests.decide.refuse);
  await expect(alertOn(plain).first()).toContainText(refusals.reason_missing);
  // What was read is no longer so for one of them.
  await database.query("update account set full_name = 'Contoh Binti Teladan' where id = $1", [second.id]);
  await press(plain, moveRequests.decide.confirm);
  await plain.waitForURL(/done=1&left=1/);
  await expect(plain.getByText(moveRequests.decide.changed)).toHaveCount(1);
  await press(plain, moveRequests.decide.confirm);
  await plain.waitForURL(/done=1&left=0/);
  await expect(plain.getByText(moveRequests.states.confirmed, { exact: true })).toHaveCount(2);

  const looked = await anotherBrowser();
  await openSessionOf(ap.id, CONSOLE_PROOFS, { context: looked.context(), database, origin });
  await looked.goto(plain.url());
  await expectAccessible(looked);
  await looked.goto(`${requests}?show=decided`);
  await expect(looked.getByRole("row")).toHaveCount(3);
  await expectAccessible(looked);
  const { rows } = await database.query("select state from move_request where campaign_id = $1", [campaignId]);
  expect(rows).toEqual([{ state: "confirmed" }, { state: "confirmed" }]);
});
