import type { Messages } from "#lib/text/messages.ts";
import { expect, test } from "./harness/fixtures.ts";
import { linkIn } from "./harness/mailbox.ts";
import { plainForm } from "./harness/plain-form.ts";
import { alertOn, answerQuestions, askForLetter, confirmLink, dashed, field, PASSWORD } from "./harness/steps.ts";

type Case = [what: string, field: string, typed: string, why: keyof Messages["refusals"]];

const long = "a".repeat(5_000);
const cases: Case[] = [
  ["nothing", "identityNumber", "", "identity_missing"],
  ["letters in a MyKad number", "identityNumber", "90010A-14-0000", "mykad_characters"],
  ["eleven digits", "identityNumber", "90010114000", "mykad_length"],
  ["a date that is none in either century", "identityNumber", "900231-14-0000", "mykad_date"],
  ["a birthplace that is none", "identityNumber", "900101-00-0000", "mykad_birthplace"],
  ["emoji for a number", "identityNumber", "🪪🪪🪪", "mykad_characters"],
  ["five thousand characters", "identityNumber", long, "too_long"],
  ["no name", "fullName", "", "name_missing"],
  ["a script for a name", "fullName", "<script>alert(document.domain)</script>", "name_characters"],
  ["digits in a name", "fullName", "Contoh 2", "name_digits"],
  ["a name that turns the line around", "fullName", "Contoh \u202egnoteg", "bidi_override"],
  ["a name with a hidden character", "fullName", "Contoh\u200b binti", "invisible_characters"],
  ["a very long name", "fullName", long, "too_long"],
  ["no address", "officialEmail", "", "email_missing"],
  ["half an address", "officialEmail", "pegawai@", "email_shape"],
  ["a personal address", "officialEmail", "pegawai@gmail.com", "email_personal"],
  ["an address of elsewhere", "officialEmail", "pegawai@lain.example.com", "email_domain"],
  ["a second address of one mailbox", "officialEmail", "pegawai+dua@contoh.example.gov.my", "email_plus"],
];

test("each wrong entry is told by its field, in the reader's language, with what was typed kept @phone", async ({
  page,
  somebody,
  words,
  expectAccessible,
}) => {
  const person = somebody();
  await page.goto("/register");
  for (const [what, name, typed, why] of cases) {
    await test.step(what, async () => {
      const good: Record<string, string> = {
        identityNumber: dashed(person.identity),
        fullName: person.fullName,
        officialEmail: person.officialEmail,
      };
      for (const [other, value] of Object.entries(good)) await field(page, other).fill(other === name ? typed : value);
      await page.getByRole("button", { name: words.register.form.submit, exact: true }).click();
      const said = words.refusals[why].replace("{domains}", "contoh.example.gov.my");
      await expect(page.locator(`#${name}-error`)).toHaveText(said);
      await expect(alertOn(page)).toContainText(said);
      await expect(alertOn(page)).toBeFocused();
      await expect(field(page, name)).toHaveAttribute("aria-invalid", "true");
      await expect(field(page, name)).toHaveAccessibleDescription(new RegExp(escaped(said)));
      if (typed !== long) await expect(field(page, name)).toHaveValue(typed);
    });
  }
  await expectAccessible();
  await alertOn(page).getByRole("link").first().click();
  await expect(page.locator(":focus")).toHaveAttribute("aria-invalid", "true");
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("full-width digits, spaces and every kind of dash are read as the number they mean", async ({
  page,
  somebody,
  words,
}) => {
  const { identity } = somebody();
  const fullWidth = [...identity.number].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  for (const typed of [
    fullWidth,
    dashed(identity).replaceAll("-", "–"),
    ` ${identity.number.slice(0, 6)} ${identity.number.slice(6)} `,
  ]) {
    await page.goto("/sign-in");
    await field(page, "identityNumber").fill(typed);
    await page.getByRole("button", { name: words.signIn.next }).click();
    await expect(page).toHaveURL(/\/sign-in\/method$/);
    await expect(page.getByText(identity.number.slice(0, 6)).first()).toBeVisible();
  }
});

test("a wrong number is told on the other pages that ask for one, too", async ({ page, words, expectAccessible }) => {
  for (const [path, submit] of [
    ["/sign-in", words.signIn.next],
    ["/activate", words.activate.submit],
  ] as const) {
    await page.goto(path);
    await field(page, "identityNumber").fill("900231-14-0000");
    await page.getByRole("button", { name: submit, exact: true }).click();
    await expect(page.locator("#identityNumber-error")).toHaveText(words.refusals.mykad_date);
    await expectAccessible();
  }
});

test("answers and passwords that will not do are refused with the reason, and never shown again", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await confirmLink(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);

  const { refusals } = words;
  for (const [answer, why] of [
    ["", refusals.answer_too_short],
    ["x", refusals.answer_too_short],
    ["aaaaaa", refusals.answer_trivial],
    ["a".repeat(129), refusals.answer_too_long],
  ] as const) {
    await field(page, "questionId").selectOption({ index: 1 });
    await field(page, "answer").fill(answer);
    await page.getByRole("button", { name: words.securityQuestions.choose.add, exact: true }).click();
    await expect(page.locator("#answer-error")).toHaveText(why);
    await expect(field(page, "answer")).toHaveValue("");
    await expect(field(page, "questionId")).not.toHaveValue("");
  }
  await expectAccessible();
  await answerQuestions(walker);

  const passwords = [
    ["Pendek-1a", refusals.password_length_jpa],
    ["semua-huruf-kecil-1", refusals.password_upper],
    ["SEMUA-HURUF-BESAR-1", refusals.password_lower],
    ["Tiada-Nombor-Langsung", refusals.password_digit],
    ["TiadaAksaraKhas1234", refusals.password_special],
    [`Kunci-${person.identity.number.slice(0, 6)}-Aa`, refusals.password_personal],
  ] as const;
  for (const [password, why] of passwords) {
    await field(page, "password").fill(password);
    await field(page, "passwordAgain").fill(password);
    await page.getByRole("button", { name: words.activate.password.submit, exact: true }).click();
    await expect(page.locator("#password-error")).toHaveText(why);
    await expect(field(page, "password")).toHaveValue("");
  }
  await field(page, "password").fill(PASSWORD);
  await field(page, "passwordAgain").fill(`${PASSWORD}x`);
  await page.getByRole("button", { name: words.activate.password.submit, exact: true }).click();
  await expect(page.locator("#passwordAgain-error")).toHaveText(words.passwordRules.differs);
  await expectAccessible();
});

test.describe("sent by hand", () => {
  const strange: [what: string, value: string | string[] | Blob, status: number][] = [
    ["a line break", "Contoh\r\nBcc: semua@contoh.example.gov.my", 200],
    ["a control character", "Contoh\u0007", 200],
    ["a null", "Contoh\u0000", 200],
    ["the same field twice", ["Contoh", "Lain"], 200],
    ["a file", new Blob(["Contoh"]), 400],
    ["ten megabytes", "a".repeat(10_000_000), 413],
  ];

  for (const [what, value, status] of strange) {
    test(`${what} in a name is refused plainly and stores nothing`, async ({ origin, address, somebody, database }) => {
      const person = somebody();
      const form = await plainForm(`${origin}/register`, address);
      form.fill({
        identityNumber: person.identity.number,
        officialEmail: person.officialEmail,
        office: form.optionsOf("office")[0] ?? "",
      });
      form.set("fullName", value);
      const answer = await form.send();
      expect(answer.status).toBe(status);
      const body = await answer.text();
      expect(body).not.toMatch(/\bat .+\.(js|ts):\d+/);
      if (status === 200) expect(body).toContain('id="fullName-error"');
      expect(
        (await database.query("select from account where official_email = $1", [person.officialEmail])).rowCount,
      ).toBe(0);
    });
  }

  test("a script that was typed comes back as text", async ({ origin, address }) => {
    const form = await plainForm(`${origin}/register`, address);
    form.fill({ fullName: '"><script>alert(1)</script>' });
    const body = await (await form.send()).text();
    expect(body).not.toContain("<script>alert(1)</script>");
    expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  const mutilated: [what: string, credential: string][] = [
    ["no JSON", "{"],
    ["of another shape", '{"id":["AAAA"],"response":null}'],
    ["cut short", `{"id":"${"A".repeat(22)}","rawId":"${"A".repeat(22)}","type":"public-key","response":{}}`],
    ["longer than any", "A".repeat(20_000)],
  ];
  for (const [what, credential] of mutilated) {
    test(`a passkey's answer that is ${what} is turned away, and the page stands`, async ({
      origin,
      address,
      words,
    }) => {
      const form = await plainForm(`${origin}/sign-in`, address, "", "credential");
      form.set("credential", credential);
      const answer = await form.send();
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(words.passkeys.signIn.mismatch);
    });
  }

  const foreign: [what: string, headers: Record<string, string | undefined>][] = [
    ["no origin", { origin: undefined }],
    ["a null origin", { origin: "null" }],
    ["another origin", { origin: "https://elsewhere.example.gov.my" }],
    ["another site by its own word", { "sec-fetch-site": "cross-site" }],
    [
      "a forwarded host that pretends",
      { origin: "https://elsewhere.example.gov.my", "x-forwarded-host": "elsewhere.example.gov.my" },
    ],
  ];
  for (const [what, headers] of foreign) {
    test(`a post with ${what} is turned away before anything runs`, async ({ origin, address, settled, database }) => {
      const person = await settled("registered");
      const form = await plainForm(`${origin}/activate`, address);
      form.fill({ identityNumber: person.identity.number });
      const answer = await form.send(headers);
      expect(answer.status).toBe(403);
      expect((await database.query("select from activation_link where account_id = $1", [person.id])).rowCount).toBe(0);
    });
  }

  const malformed: [what: string, body: string | Uint8Array, type: string, status: number][] = [
    ["JSON", "{}", "application/json", 415],
    ["no multipart at all", "hello", "multipart/form-data; boundary=x", 400],
    ["a boundary that is not there", "--y\r\n\r\n--y--", "multipart/form-data; boundary=x", 400],
    [
      "bytes that are no UTF-8",
      Uint8Array.from([0x2d, 0x2d, 0x78, 0x0d, 0x0a, 0xff, 0xfe, 0xfd]),
      "multipart/form-data; boundary=x",
      400,
    ],
    [
      "an action that is none",
      '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_zz"\r\n\r\n\r\n--x--\r\n',
      "multipart/form-data; boundary=x",
      400,
    ],
  ];
  for (const [what, body, type, status] of malformed) {
    test(`a post of ${what} is answered ${status}, without a trace of what is inside`, async ({ origin, address }) => {
      for (const path of ["/register", "/sign-in", "/activate"]) {
        const answer = await fetch(origin + path, {
          method: "POST",
          redirect: "manual",
          headers: { origin, "sec-fetch-site": "same-origin", "content-type": type, "x-forwarded-for": address },
          body: body as BodyInit,
        });
        expect(answer.status, path).toBe(status);
        expect(await answer.text()).not.toMatch(/\bat .+\.(js|ts):\d+|Error:/);
      }
    });
  }
});
