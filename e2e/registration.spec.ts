import { expect, test } from "./harness/fixtures.ts";
import { withoutTime } from "./harness/html.ts";
import { linkIn } from "./harness/mailbox.ts";
import { activate, alertOn, dashed, field, register } from "./harness/steps.ts";

/** What the waiting screen says, but for what the person typed and the time that runs. */
const screenOf = (text: string | null, email: string) => withoutTime((text ?? "").replaceAll(email, "…"));

for (const taken of ["identity", "mailbox"] as const) {
  test(`a taken ${taken} gets the very same screen, and its owner a letter that says so`, async ({
    page,
    anotherBrowser,
    walkerOn,
    somebody,
    settled,
    mailbox,
    words,
  }) => {
    const owner = await settled("activated");
    const newcomer = somebody();
    const walker = walkerOn(page);
    await register(walker, newcomer);
    const usual = screenOf(await page.locator("main").textContent(), newcomer.officialEmail);

    const other = somebody();
    const claimed =
      taken === "identity" ? { ...other, identity: owner.identity } : { ...other, officialEmail: owner.officialEmail };
    const elsewhere = walkerOn(await anotherBrowser());
    await register(elsewhere, claimed);
    expect(screenOf(await elsewhere.page.locator("main").textContent(), claimed.officialEmail)).toBe(usual);

    const letter = await mailbox.nextTo(owner.officialEmail);
    expect(letter.subject).toBe(words.mail.alreadyRegistered.subject);
    expect(letter.text).toContain(words.mail.alreadyRegistered[taken === "identity" ? "identity" : "email"]);
    expect(letter.text).not.toMatch(/\/activate\/[\w-]{20}/);
    if (taken === "identity") expect(await mailbox.lettersTo(claimed.officialEmail)).toEqual([]);
  });
}

test("a passport and its country register as well", async ({ page, somebody, walkerOn, mailbox, words }) => {
  const person = somebody();
  const number = `X${person.identity.number.slice(0, 8)}`;
  await page.goto("/register");
  await page.getByRole("radio", { name: words.register.form.passport }).check();
  await field(page, "passportCountry").selectOption("ID");
  await field(page, "identityNumber").fill(number.toLowerCase());
  await field(page, "fullName").fill(person.fullName);
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "office").selectOption({ index: 1 });
  await page.getByRole("checkbox", { name: words.captcha.label }).check();
  await page.getByRole("button", { name: words.register.form.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/register\/sent$/);

  const identity = { ...person.identity, number };
  await activate(walkerOn(page), linkIn(await mailbox.nextTo(person.officialEmail)), { ...person, identity });
});

test("Semula clears everything that was typed, after an error too", async ({ page, somebody, words }) => {
  const person = somebody();
  await page.goto("/register");
  await field(page, "identityNumber").fill("123");
  await field(page, "fullName").fill(person.fullName);
  await page.getByRole("button", { name: words.register.form.submit, exact: true }).click();
  await expect(alertOn(page)).toBeVisible();
  await page.getByRole("link", { name: words.register.form.reset, exact: true }).click();
  await expect(alertOn(page)).toHaveCount(0);
  for (const name of ["identityNumber", "fullName", "officialEmail", "office"])
    await expect(field(page, name)).toHaveValue("");
});

test("what was typed is still there after an error", async ({ page, somebody, words }) => {
  const person = somebody();
  await page.goto("/register");
  await field(page, "identityNumber").fill(dashed(person.identity));
  await field(page, "fullName").fill(person.fullName);
  await field(page, "officialEmail").fill("pegawai@lain.example.com");
  await page.getByRole("button", { name: words.register.form.submit, exact: true }).click();
  await expect(alertOn(page)).toBeFocused();
  await expect(field(page, "identityNumber")).toHaveValue(dashed(person.identity));
  await expect(field(page, "fullName")).toHaveValue(person.fullName);
  await expect(field(page, "officialEmail")).toHaveValue("pegawai@lain.example.com");
  for (const wrong of ["officialEmail", "office"])
    await expect(field(page, wrong)).toHaveAttribute("aria-invalid", "true");
  for (const right of ["identityNumber", "fullName"])
    await expect(field(page, right)).not.toHaveAttribute("aria-invalid", "true");
});

test("what was typed is still there after going back", async ({ page, somebody, words }) => {
  const person = somebody();
  await page.goto("/register");
  await field(page, "fullName").fill(person.fullName);
  await field(page, "officialEmail").fill(person.officialEmail);
  await page.getByRole("link", { name: words.register.signIn, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(field(page, "fullName")).toHaveValue(person.fullName);
  await expect(field(page, "officialEmail")).toHaveValue(person.officialEmail);
});

test("without JavaScript an address may register three people an hour, and is then told when to come back", async ({
  anotherBrowser,
  walkerOn,
  somebody,
  address,
  words,
}) => {
  for (let n = 0; n < 3; n++) {
    const page = await anotherBrowser({ javaScript: false, address });
    await register(walkerOn(page, { script: false }), somebody());
  }
  const page = await anotherBrowser({ javaScript: false, address });
  const person = somebody();
  await page.goto("/register");
  await field(page, "identityNumber").fill(person.identity.number);
  await field(page, "fullName").fill(person.fullName);
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "office").selectOption({ index: 1 });
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: words.register.form.submit, exact: true }).click();
  const answer = await answered;
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
  await expect(alertOn(page)).toBeVisible();
  await expect(field(page, "fullName")).toHaveValue(person.fullName);
});
