import { randomUUID } from "node:crypto";
import { expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";

const PUBLIC = [
  "/",
  "/register",
  "/register/sent",
  "/activate",
  "/activate/sent",
  "/activate/code",
  "/activate/confirm",
  "/activate/questions",
  "/activate/password",
  "/activate/done",
  "/sign-in",
  "/guide",
  "/guide/activation",
  "/guide/passkey",
  "/guide/forgot-password",
  "/guide/first-aid",
  "/guide/first-aid?at=appWrong",
  "/accessibility",
  "/privacy",
  "/security",
  "/mailbox",
  "/tiada-halaman",
];

test("axe finds nothing on any page in light or dark, and none is wider than a small phone @phone", async ({
  page,
  expectAccessible,
}) => {
  for (const path of PUBLIC) {
    await page.goto(path);
    for (const colorScheme of ["dark", "light"] as const) {
      // Without motion: half-way from one look to the other no contrast is what it should be.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectAccessible();
    }
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${path} at 320 pixels`).toBe(0);
    if (size) await page.setViewportSize(size);
  }
});

test("every page says that this is a demonstration, in a language it declares, under one heading of the first level @demonstration", async ({
  page,
  language,
  words,
}) => {
  for (const path of PUBLIC) {
    await page.goto(path);
    await expect(page.locator("html"), path).toHaveAttribute("lang", language);
    await expect(page.locator("body"), path).toContainText(words.demo.demo.text);
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
    await expect(page, path).toHaveTitle(/\S/);
    expect(await page.content(), `${path}: Next.js's own page of what is missing does not travel along`).not.toContain(
      "This page could not be found",
    );
  }
});

test("every link of the public pages leads somewhere", async ({ page, origin, address }) => {
  const found = new Map<string, string>();
  for (const path of PUBLIC) {
    await page.goto(path);
    for (const link of await page.locator("a[href]").all()) {
      const url = new URL((await link.getAttribute("href")) ?? "", page.url());
      if (url.origin === origin && url.pathname !== path) found.set(url.pathname, path);
    }
  }
  for (const [to, from] of found) {
    const answer = await fetch(origin + to, { redirect: "manual", headers: { "x-forwarded-for": address } });
    expect([200, 303, 307], `${to}, from ${from}, answers ${answer.status}`).toContain(answer.status);
  }
});

test("nothing is fetched from anywhere else, and every answer carries its protection", async ({ page, origin }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  for (const path of PUBLIC) {
    const answer = await page.goto(path);
    const headers = answer?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, path).toMatch(/script-src 'nonce-[\w-]{22}' 'strict-dynamic'/);
    for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy, path).toContain(rule);
    expect(policy, path).not.toContain("unsafe-inline");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    expect(headers["permissions-policy"], path).toBeTruthy();
    expect(headers["cache-control"], path).toContain("no-store");
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
  expect(elsewhere).toEqual([]);
});

test("two answers never share a nonce", async ({ origin, address }) => {
  const nonce = async () =>
    /'nonce-([\w-]{22})'/.exec(
      (await fetch(`${origin}/sign-in`, { headers: { "x-forwarded-for": address } })).headers.get(
        "content-security-policy",
      ) ?? "",
    )?.[1];
  const [one, other] = [await nonce(), await nonce()];
  expect(one).toBeTruthy();
  expect(one).not.toBe(other);
});

test("the portal tells that it lives and that it is ready", async ({ origin }) => {
  for (const path of ["/api/health", "/api/ready"]) expect((await fetch(origin + path)).status, path).toBe(200);
});

for (const javaScript of [true, false]) {
  test(`the language changes on every page and stays ${javaScript ? "with" : "without"} JavaScript`, async ({
    anotherBrowser,
  }) => {
    const page = await anotherBrowser({ javaScript });
    for (const path of ["/", "/register", "/activate", "/sign-in", "/guide"]) {
      await page.goto(path);
      await page.locator('button[name="language"][value="en"]').first().click();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      expect(new URL(page.url()).pathname).toBe(path);
      await page.locator('button[name="language"][value="ms"]').first().click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ms");
    }
    await page.locator('button[name="language"][value="en"]').first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto("/register");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });
}

test("without JavaScript what is not there says so, in the frame of who is signed in", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { id } = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  await openSessionOf(id, ["password"], { context: page.context(), database, origin });
  const nobodys = randomUUID();
  for (const [path, heading] of [
    [`/approvals/${nobodys}`, words.errors.notFoundTitle],
    ["/settings/profile/email/ketiga", words.errors.notFoundTitle],
    ["/settings/activity/report?event=999999999", words.activity.reporting.noSuch],
    [`/settings/passkeys/${nobodys}/rename`, words.passkeys.noSuch],
    [`/settings/passkeys/${nobodys}/remove`, words.passkeys.noSuch],
    [`/settings/hardware-tokens/${nobodys}/lost`, words.hardwareTokens.lost.noSuch],
  ] as const) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(heading);
    await expect(page.getByRole("navigation", { name: words.common.frame.tabs }), path).toBeVisible();
  }
});
