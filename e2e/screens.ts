// `npm run screens`: drives the real portal and keeps a picture of every page and of its error states in .screens/, at
// 390 and 1280 pixels, in both languages, light and dark: .screens/ms/register-wrong.390.dark.png; and the pictures of the
// guides in public/guide/. `npm run screens -- guides` makes those alone.
import fs from "node:fs";
import { type Browser, chromium } from "@playwright/test";
import { guideNames } from "#app/(public)/guide/guides.ts";
import type { Language } from "#lib/kernel/context.ts";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { messages } from "#lib/text/messages.ts";
import { chromiumFlags, findChromium, installChromium } from "./harness/chromium.ts";
import { linkIn, openMailbox } from "./harness/mailbox.ts";
import { GOOD_PASSWORD, settlePeople } from "./harness/people.ts";
import { keepPictures } from "./harness/pictures.ts";
import { openDatabase, startPortal } from "./harness/portal.ts";
import * as steps from "./harness/steps.ts";
import { accountPagePictures } from "./screens/account-page.ts";
import { accountPictures } from "./screens/accounts.ts";
import { activityPictures } from "./screens/activity.ts";
import { administrationPictures } from "./screens/administration.ts";
import { approvalPictures } from "./screens/approvals.ts";
import { auditPictures } from "./screens/audit.ts";
import { campaignBoardPictures } from "./screens/campaign-board.ts";
import { campaignDefinitionPictures } from "./screens/campaign-definition.ts";
import { campaignRunPictures } from "./screens/campaign-runs.ts";
import { guidePictures } from "./screens/guides.ts";
import { hardwareTokenPictures } from "./screens/hardware-tokens.ts";
import { interactionPictures } from "./screens/interaction.ts";
import { lostFactorPictures } from "./screens/lost-factor.ts";
import { mailboxChangePictures } from "./screens/mailbox-change.ts";
import { movePictures } from "./screens/move.ts";
import { officerActionPictures } from "./screens/officer-actions.ts";
import { onsitePictures } from "./screens/onsite.ts";
import { phraseAndCodePictures } from "./screens/phrase-and-codes.ts";
import { profilePictures } from "./screens/profile.ts";
import { recoveryPictures } from "./screens/recovery.ts";
import { relyingPartyPictures } from "./screens/relying-parties.ts";
import { moveRequestPictures, voucherPictures } from "./screens/requests.ts";
import { settingsPictures } from "./screens/settings.ts";
import { proofPictures } from "./screens/sign-in.ts";
import { signOutPictures } from "./screens/sign-out.ts";
import { systemRolePictures } from "./screens/system-roles.ts";
import { systemPictures } from "./screens/systems.ts";
import { twoOfficerPictures } from "./screens/two-officers.ts";
import { press, somebody, untilAlert, type Walk } from "./screens/walk.ts";

const FOLDER = ".screens";

const all = process.argv[2] !== "guides";
if (all) fs.rmSync(FOLDER, { recursive: true, force: true });
const portal = await startPortal();
const database = await openDatabase(portal.dataDir);
const browser = await chromium.launch({ executablePath: findChromium() ?? installChromium(), args: chromiumFlags });
try {
  for (const language of all ? (["ms", "en"] as const) : []) await walkThrough(browser, language);
  if (all) console.log(`${fs.globSync(`${FOLDER}/**/*.png`).length} pictures in ${FOLDER}`);
  await guidePictures(browser, portal, database);
} finally {
  await browser.close();
  await database.end();
  await portal.stop();
}

async function walkThrough(browser: Browser, language: Language): Promise<void> {
  const context = await browser.newContext({
    baseURL: portal.origin,
    timezoneId: "Asia/Kuala_Lumpur",
    reducedMotion: "reduce",
    extraHTTPHeaders: { "X-Forwarded-For": language === "ms" ? "10.77.0.1" : "10.77.0.2" },
  });
  await context.addCookies([{ name: LANGUAGE_COOKIE, value: language, url: portal.origin }]);
  const page = await context.newPage();
  const shoot = (name: string) => keepPictures(page, `${FOLDER}/${language}/${name}`);
  const walk: Walk = {
    page,
    words: messages[language],
    script: true,
    arrived: async () => {},
    portal,
    database,
    language,
    shoot,
  };
  await plainPages(walk);
  await registration(walk);
  await activation(walk);
  await deadEnds(walk);
  await signingIn(walk);
  await phraseAndCodePictures(walk);
  await proofPictures(walk);
  await interactionPictures(walk);
  await approvalPictures(walk);
  await settingsPictures(walk);
  await profilePictures(walk);
  await systemPictures(walk);
  await movePictures(walk);
  await moveRequestPictures(walk);
  await voucherPictures(walk);
  await signOutPictures(walk);
  await mailboxChangePictures(walk);
  await recoveryPictures(walk);
  await lostFactorPictures(walk);
  await activityPictures(walk);
  await accountPagePictures(walk);
  await accountPictures(walk);
  await administrationPictures(walk);
  await relyingPartyPictures(walk);
  await campaignBoardPictures(walk);
  await campaignDefinitionPictures(walk);
  await campaignRunPictures(walk);
  await onsitePictures(walk);
  await auditPictures(walk);
  await officerActionPictures(walk);
  await twoOfficerPictures(walk);
  await systemRolePictures(walk);
  await hardwareTokenPictures(walk);
  await context.close();
}

async function plainPages({ page, shoot }: Walk): Promise<void> {
  const pages = {
    landing: "/",
    guide: "/guide",
    ...Object.fromEntries(guideNames.map((name) => [`guide-${name}`, `/guide/${name}`])),
    "guide-first-aid": "/guide/first-aid",
    "guide-first-aid-question": "/guide/first-aid?at=app",
    "guide-first-aid-end": "/guide/first-aid?at=appWrong",
    accessibility: "/accessibility",
    privacy: "/privacy",
    security: "/security",
    "not-found": "/tiada-halaman",
    "sign-in-passport": "/sign-in?type=passport",
    "activate-code": "/activate/code",
    "register-sent-unasked": "/register/sent",
  };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await shoot(name);
  }
}

async function registration(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, language } = walk;
  await page.goto("/register");
  await shoot("register");
  await steps.field(page, "identityNumber").fill("900231-14-0000");
  await steps.field(page, "officialEmail").fill("pegawai@gmail.com");
  await press(page, words.register.form.submit);
  await untilAlert(walk);
  await shoot("register-wrong");
  await page.getByRole("radio", { name: words.register.form.passport }).check();
  await shoot("register-passport");

  const person = somebody();
  await steps.register(walk, person);
  await shoot("register-sent");
  await openMailbox(portal.origin).nextTo(person.officialEmail);
  await page.goto("/mailbox");
  await shoot("mailbox");
  await page.goto("/register/sent");
  await press(page, words.register.sent.again);
  await page.getByText(words.register.sent.againDone).waitFor();
  await shoot("register-sent-again");
  await steps.field(page, "code").fill("00000000");
  await press(page, words.activate.code.submit);
  await untilAlert(walk);
  await shoot("register-sent-wrong-code");
  if (language === "ms") await refusedByTheFront(walk);
}

/** What somebody sees whose form was turned away before the portal read it; in both languages at once. */
async function refusedByTheFront({ page, portal, shoot }: Walk): Promise<void> {
  const answer = await fetch(`${portal.origin}/register`, {
    method: "POST",
    body: new FormData(),
    headers: { "x-forwarded-for": "10.77.0.3" },
  });
  await page.setContent(await answer.text());
  await shoot("refused-foreign");
}

async function activation(walk: Walk): Promise<void> {
  const { page, words, shoot } = walk;
  await page.goto("/activate");
  await shoot("activate");
  await steps.field(page, "identityNumber").fill("12345");
  await press(page, words.activate.submit);
  await untilAlert(walk);
  await shoot("activate-wrong");

  const person = somebody();
  const link = await letterFor(walk, person, "pre_registered");
  await shoot("activate-sent");
  await page.goto(link);
  await shoot("confirm");
  await steps.field(page, "identityLast4").fill("1234");
  await press(page, words.activate.confirm.submit);
  await untilAlert(walk);
  await shoot("confirm-wrong");
  await steps.confirmLink(walk, link, person);
  await shoot("questions");
  await steps.field(page, "questionId").selectOption({ index: 1 });
  await steps.field(page, "answer").fill("x");
  await press(page, words.securityQuestions.choose.add);
  await untilAlert(walk);
  await shoot("questions-wrong");
  await page.goto("/activate/questions");
  await steps.answerQuestions({ ...walk, arrived: once(() => shoot("questions-some"), 2) });
  await page.goBack();
  await shoot("questions-ready");
  await page.goto("/activate/password");
  await shoot("password");
  await steps.field(page, "password").fill("nasi lemak");
  await shoot("password-checklist");
  await press(page, words.activate.password.submit);
  await untilAlert(walk);
  await shoot("password-wrong");
  await steps.choosePassword(walk);
  await shoot("done");
}

/** Does it on the n-th call alone. */
function once(work: () => Promise<void>, on: number): () => Promise<void> {
  let calls = 0;
  return async () => {
    calls++;
    if (calls === on) await work();
  };
}

/** Settles somebody, asks for the letter and answers its link. */
async function letterFor(
  walk: Walk,
  person: ReturnType<typeof somebody>,
  status: "registered" | "pre_registered",
): Promise<string> {
  await settlePeople(walk.portal.dataDir, [person], status);
  await steps.askForLetter(walk, person);
  return linkIn(await openMailbox(walk.portal.origin).nextTo(person.officialEmail));
}

async function deadEnds(walk: Walk): Promise<void> {
  const { page, shoot, database } = walk;
  await page.goto("/activate/tiada");
  await shoot("link-unknown");
  const states = {
    expired: "handed_over_at = handed_over_at - interval '31 minutes'",
    superseded: "superseded_at = now()",
    "tries-used": "identity_tries = 5",
    used: "consumed_at = now()",
  };
  for (const [name, change] of Object.entries(states)) {
    const person = somebody();
    const link = await letterFor(walk, person, "registered");
    const ofPerson = "(select id from account where official_email = $1)";
    await database.query(`update activation_link set ${change} where account_id = ${ofPerson}`, [person.officialEmail]);
    if (name === "used")
      await database.query(`update account set status = 'activated', activated_at = now() where id = ${ofPerson}`, [
        person.officialEmail,
      ]);
    await page.goto(link);
    await shoot(`link-${name}`);
  }
  await page.context().clearCookies({ name: /activation/ });
  await page.goto("/activate/questions");
  await shoot("ceremony-expired");
}

async function signingIn(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  await page.goto("/sign-in");
  await shoot("sign-in");
  await steps.field(page, "identityNumber").fill("900101-00-0000");
  await press(page, words.signIn.next);
  await untilAlert(walk);
  await shoot("sign-in-wrong");
  await page.goto("/sign-in?notice=startAgain");
  await shoot("sign-in-start-again");

  const person = somebody();
  await settlePeople(portal.dataDir, [person], "activated");
  await steps.toThePassword(walk, person);
  await shoot("sign-in-password");
  await steps.giveWrongPassword(walk, "Bukan-Kata-Laluan-1");
  await shoot("sign-in-password-wrong");
  await steps.signIn(walk, person, GOOD_PASSWORD);
  await shoot("home-awaiting");
  await database.query("update account set staff_confirmed_at = now() where official_email = $1", [
    person.officialEmail,
  ]);
  await page.goto("/home");
  await page.locator("details.me > summary").click();
  await shoot("home-menu");
  await page.goto("/home");
  await steps.signOut(walk);
  await shoot("sign-in-signed-out");
  await steps.signIn(walk, person, GOOD_PASSWORD);
  await shoot("home");
}
