import { ends, placeOf, questions } from "#app/(public)/guide/first-aid/questions.ts";
import { guideNames, STEPS } from "#app/(public)/guide/guides.ts";
import { LANGUAGE_COOKIE, languages } from "#lib/text/languages.ts";
import { expect, test } from "./harness/fixtures.ts";

/** Of A4 in points, 72 to an inch. */
const A4 = [595, 842];

test("every guide is printed on one sheet of A4, with all its pictures, in both languages", async ({
  page,
  context,
  origin,
}) => {
  for (const language of languages) {
    await context.addCookies([{ name: LANGUAGE_COOKIE, value: language, url: origin }]);
    for (const name of [...guideNames, "first-aid"]) {
      await page.goto(`/guide/${name}`, { waitUntil: "load" });
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await page.evaluate(() => document.fonts.ready);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      expect(pdf.match(/\/Type \/Page\b/g), `${name} in ${language}`).toHaveLength(1);
      const [, width = "0", height = "0"] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
      expect([Math.round(Number(width)), Math.round(Number(height))], name).toEqual(A4);
      const pictures = name === "first-aid" ? 0 : STEPS.length;
      expect(pdf.match(/\/Subtype \/Image/g)?.length ?? 0, `${name} in ${language}`).toBeGreaterThanOrEqual(pictures);
    }
  }
});

test("whoever cannot sign in answers a question or three without JavaScript, and is led to where it is put right @phone", async ({
  anotherBrowser,
  words,
}) => {
  const page = await anotherBrowser({ javaScript: false });
  const { aid } = words.guide;
  const heading = page.locator(".finder h2");
  await page.goto("/sign-in");
  await page.locator('main a[href="/guide/first-aid"]').click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(aid.title);
  for (const [asked, answer] of [
    [aid.ask.start.title, aid.ask.start.choices.second],
    [aid.ask.second.title, aid.ask.second.choices.app],
    [aid.ask.app.title, aid.ask.app.choices.appWrong],
  ] as const) {
    await expect(heading).toHaveText(asked);
    await page.getByRole("link", { name: answer, exact: true }).click();
  }
  await expect(heading).toHaveText(aid.ends.appWrong.title);
  await page.getByRole("link", { name: words.guide.link["authenticator-app"] }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.guideApp.title);
  await page.goBack();
  await page.getByRole("link", { name: aid.back, exact: true }).click();
  await expect(heading).toHaveText(aid.ask.app.title);
  await page.getByRole("link", { name: aid.again, exact: true }).click();
  await expect(heading).toHaveText(aid.ask.start.title);
});

test("what helps is there, and a question nobody asks is not", async ({ page, origin, address }) => {
  const answerOf = async (path: string) =>
    (await fetch(origin + path, { redirect: "manual", headers: { "x-forwarded-for": address } })).status;
  for (const question of Object.keys(questions)) expect(await answerOf(placeOf(question as "new")), question).toBe(200);
  for (const [end, { door, guide }] of Object.entries(ends)) {
    expect(await answerOf(placeOf(end as "lost")), end).toBe(200);
    expect([200, 303, 307], `${door}, where ${end} leads`).toContain(await answerOf(door));
    if (guide) expect(await answerOf(`/guide/${guide}`), guide).toBe(200);
  }
  for (const path of [
    "/guide/first-aid?at=tiada",
    "/guide/first-aid?at=lost&at=lost",
    "/guide/tiada",
    "/guide/__proto__",
  ])
    expect(await answerOf(path), path).toBe(404);
  await page.goto("/guide/first-aid?at=%3Cscript%3E");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});
