import { expect, test } from "./harness/fixtures.ts";

test("a system that is not known sends nobody anywhere: a page says so and leads home @phone", async ({
  page,
  words,
  expectAccessible,
}) => {
  const { oidcErrors } = words;
  const answer = await page.goto("/oidc/auth?client_id=sistem-lain&redirect_uri=https://example.org/");
  expect(answer?.status()).toBe(400);
  await expect(page.getByRole("heading", { name: oidcErrors.unknownSystem.title })).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: oidcErrors.home }).click();
  await expect(page).toHaveURL("/");
});
