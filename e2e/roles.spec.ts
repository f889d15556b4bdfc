import { expect, test } from "./harness/fixtures.ts";
import { CONSOLE_PROOFS, enterAs } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";

test("an SA who tries the neighbour's office finds nobody there, and it is recorded", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  anotherBrowser,
  expectAccessible,
}) => {
  const [sa, neighbour] = [await settled("activated"), await settled("activated")];
  const path = `/helpdesk/accounts/${neighbour.id}`;
  await enterAs("sa", sa, { context, database, origin }, { office: "0102" });

  await page.goto(`/helpdesk?q=${encodeURIComponent(neighbour.officialEmail)}`);
  await expect(page.getByRole("link", { name: neighbour.fullName })).toHaveCount(0);
  for (const asked of [path, `${path}/roles`, `${path}/suspend`, `/helpdesk/accounts/${"0".repeat(8)}`]) {
    const answer = await page.goto(asked);
    expect(answer?.status(), asked).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.console.missing.heading);
    await expect(page.locator("main")).not.toContainText(neighbour.fullName);
  }
  await expectAccessible();
  const plain = await anotherBrowser({ javaScript: false });
  await openSessionOf(sa.id, CONSOLE_PROOFS, { context: plain.context(), database, origin });
  await plain.goto(path);
  await expect(plain.getByRole("heading", { level: 1 }), "without script too").toHaveText(
    words.console.missing.heading,
  );
  const { rows } = await database.query(
    "select account_id from audit_event where type = 'access.refused' and actor_id = $1 and account_id = $2",
    [sa.id, neighbour.id],
  );
  expect(rows.length).toBe(4);
});

test("an administrator who is demoted while a page lies open cannot use it any more @phone", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  anotherBrowser,
  expectAccessible,
}) => {
  const { roles, console } = words;
  const [first, second, somebody] = [
    await settled("activated"),
    await settled("activated"),
    await settled("activated"),
  ];
  await database.query("update account set staff_confirmed_at = now() where id = $1", [somebody.id]);
  await enterAs("administrator", first, { context, database, origin });
  await page.goto(`/helpdesk/accounts/${somebody.id}/roles`);
  await page.getByRole("radio", { name: roles.names.helpdesk }).check();
  await page.getByRole("checkbox", { name: /^0101/ }).check();
  await page.getByRole("combobox", { name: console.reason.label }).fill(console.reason.usual[3] ?? "");
  await expectAccessible();

  const other = await anotherBrowser();
  await enterAs("administrator", second, { context: other.context(), database, origin });
  await other.goto(`/helpdesk/accounts/${first.id}/roles`);
  await other.getByRole("link", { name: new RegExp(roles.end) }).click();
  await other.getByRole("combobox", { name: console.reason.label }).fill(console.reason.usual[3] ?? "");
  await expectAccessible(other);
  await other.getByRole("button", { name: roles.ending.submit }).click();
  await expect(other.getByRole("status").filter({ hasText: roles.done.ended })).toBeVisible();

  await page.getByRole("button", { name: roles.give.submit }).click();
  // The page that lay open may bring the words it was sent with.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    new RegExp(`^(${console.missing.heading}|${console.noRole.heading})$`),
  );
  expect((await page.goto("/admin/roles"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(console.noRole.heading);
  await expect(page.locator("main").getByRole("link")).toHaveAttribute("href", "/home");
  const { rows } = await database.query("select state from role_grant where account_id = $1", [somebody.id]);
  expect(rows).toEqual([]);
});
