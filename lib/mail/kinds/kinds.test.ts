import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { undoLink } from "#db/schema/recovery.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import { ceremonyOf, issueCode } from "#lib/testing/email-code.ts";
import { drainMail, exampleAgency, issueLink, type Mail, tellOfNewBrowser } from "#lib/testing/mail.ts";
import { type AccountWanted, newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { oweRecoveryLetter, recoveryLetters } from "#lib/testing/owe-recovery-letter.ts";
import { askForReset } from "#lib/testing/recovery.ts";
import { enqueue } from "../enqueue.ts";
import type { Letters } from "../letters.ts";

const from = "Safari pada iPhone";
const IDENTITY = { type: "mykad", number: "900101140000" } as const;

/** The letter of a kind, as it reaches an account in the given state. */
async function letterOf(kind: keyof Letters, wanted: AccountWanted = {}): Promise<Mail> {
  const world = await newWorld();
  const owner = await world.account({
    identity: IDENTITY,
    status: kind === "activation" ? "registered" : kind === "recovery_not_possible" ? "suspended" : "activated",
    ...wanted,
  });
  await owe(kind, world, owner);
  const [mail] = await drainMail(world.asSystem());
  if (!mail) throw new Error("No letter came");
  return mail;
}

async function owe(kind: keyof Letters, world: World, owner: WorldAccount): Promise<void> {
  const browser = world.asBrowser({ device: from });
  const to = { accountId: owner.id, to: owner.officialEmail };
  const at = world.now().toISOString();
  if (kind === "activation") {
    await world.db.update(account).set({ selfRegisteredAt: world.now() }).where(eq(account.id, owner.id));
    await issueLink(browser, owner.id);
    return;
  }
  if (kind === "email_code") {
    await issueCode(browser, owner.id, await ceremonyOf(browser, owner.id));
    return;
  }
  const ofRecovery = recoveryLetters.find((one) => one === kind);
  if (ofRecovery) return oweRecoveryLetter(ofRecovery, browser, to);
  if (kind === "mailbox_proof" || kind === "mailbox_changed") return oweMailbox(kind, browser, to);
  if (kind === "password_reset" || kind === "recovery_not_possible") return askForReset(browser, owner);
  const { actor } = await world.as(owner);
  await world.db.transaction(async (tx) => {
    if (kind === "already_registered")
      await enqueue(tx, browser, { ...to, kind, about: { what: "identity", requestedFrom: from, requestedAt: at } });
    if (kind === "mailbox_taken")
      await enqueue(tx, browser, { ...to, kind, about: { requestedFrom: from, requestedAt: at } });
    if (kind === "account_activated") await enqueue(tx, browser, { ...to, kind, about: { from, at } });
    if (kind === "new_device" && actor.kind === "account")
      await tellOfNewBrowser(tx, browser, { ...to, sessionId: actor.sessionId });
  });
}

/** Somebody asked for another mailbox, or has changed it. */
async function oweMailbox(
  kind: "mailbox_proof" | "mailbox_changed",
  by: Context,
  to: { accountId: string; to: string },
): Promise<void> {
  const id = randomUUID();
  const secrets = { id, accountId: to.accountId, tokenDigest: id, createdAt: by.now() };
  await by.db.transaction(async (tx) => {
    if (kind === "mailbox_proof") {
      const asked = { which: "official", mailbox: to.to, codeDigest: "-", requestedFrom: from } as const;
      await tx.insert(mailboxChange).values({ ...secrets, ...asked });
      return enqueue(tx, by, { ...to, kind, about: { changeId: id } });
    }
    await tx.insert(undoLink).values({ ...secrets, purpose: "official_email", expiresAt: by.now() });
    return enqueue(tx, by, { ...to, kind, about: { undoId: id, from, at: by.now().toISOString() } });
  });
}

const withButton = [
  "activation",
  "already_registered",
  "account_activated",
  "new_device",
  "email_code",
  "mailbox_proof",
  "mailbox_taken",
  "mailbox_changed",
  "password_reset",
  ...recoveryLetters,
] as const;
/** Nothing can be done from it but to call. */
const withoutButton = ["recovery_not_possible"] as const;
const languages = ["ms", "en"] as const;
const inBoth = <K extends string>(kinds: readonly K[]) =>
  kinds.flatMap((kind) => languages.map((language) => [kind, language] as const));
const everyLetter = inBoth([...withButton, ...withoutButton]);

test.each(everyLetter)(
  "%s in %s: both parts say when, from where, what to do and whom to call",
  async (kind, language) => {
    const mail = await letterOf(kind, { language });
    const device = kind === "new_device" ? "Chrome" : "Safari";
    const at = { ms: "20 November 2026, 3:15 petang", en: "20 November 2026, 3:15 pm" }[language];
    for (const part of [mail.text, mail.html]) {
      for (const words of [at, device, exampleAgency.helpdeskPhone, { ms: "Bukan anda?", en: "Not you?" }[language]])
        expect(part).toContain(words);
    }
    expect(mail.html).toContain(`<html dir="ltr" lang="${language}">`);
    expect(mail.text).not.toMatch(/<[a-z]|&[a-z]+;|undefined|\[object|\bmail\./);
    if (language === "en") expect(mail.text).not.toMatch(/\b(pada|anda|akaun|dari)\b/);
  },
);

test.each(everyLetter)("%s in %s: no identity number, and a subject without personal data", async (kind, language) => {
  const mail = await letterOf(kind, { language, fullName: "Aisyah binti Contoh" });
  const whole = `${mail.subject}\n${mail.text}\n${mail.html}`;
  expect(whole).not.toMatch(/900101|140000|-0000(?! 1234)/);
  expect(mail.subject).not.toMatch(/Aisyah|@|\d/);
  expect(mail.subject).toContain("Kunci");
});

test.each(inBoth(withButton))(
  "%s in %s: nothing is fetched from anywhere, and the one button's address can be read",
  async (kind, language) => {
    const { html, text } = await letterOf(kind, { language });
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import/);
    const buttons = [...html.matchAll(/<a href="([^"]+)" data-button/g)].map(([, href]) => href ?? "");
    expect(buttons).toHaveLength(1);
    expect(html).toContain(`>${buttons[0]}</a>`);
    expect(text).toContain(`\n${buttons[0]}\n`);
  },
);

test("an account that has chosen no language is written to in Bahasa Malaysia", async () => {
  expect((await letterOf("activation")).subject).toBe("Aktifkan akaun Kunci anda");
});

test("the activation letter counts its lifetime from when it was sent, and names no clock time for its end", async () => {
  const ms = await letterOf("activation");
  expect(ms.text).toContain("sah 30 minit selepas e-mel ini dihantar");
  expect(ms.text).not.toContain("3:45");
  const en = await letterOf("activation", { language: "en" });
  expect(en.text).toContain("valid for 30 minutes after it was sent");
});

test("the letter with a code says how long it opens the sign-in, from when it was sent", async () => {
  expect((await letterOf("email_code")).text).toContain("sah 10 minit selepas emel ini dihantar");
  expect((await letterOf("email_code", { language: "en" })).text).toContain(
    "valid for 10 minutes after this email was sent",
  );
});

test("a letter asked for again says when the registration was received, and when it was asked for", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  await world.db.update(account).set({ selfRegisteredAt: world.now() }).where(eq(account.id, owner.id));
  world.moveClock(minutes(20));
  await issueLink(world.ctx, owner.id);
  const [mail] = await drainMail(world.asSystem());
  expect(mail?.text).toContain(
    "Pendaftaran diterima pada 20 November 2026, 3:15 petang. Emel ini diminta pada 20 November 2026, 3:35 petang",
  );
});

test("somebody the agency registered is told so", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "pre_registered" });
  await issueLink(world.ctx, owner.id);
  const [mail] = await drainMail(world.asSystem());
  expect(mail?.text).toContain("Jabatan anda mendaftarkan anda.");
});

const ways: [AccountWanted["status"] & string, Language, string | null][] = [
  ["activated", "ms", "/sign-in"],
  ["locked", "ms", "/sign-in"],
  ["pre_registered", "ms", "/activate"],
  ["email_verified", "en", "/activate"],
  ["suspended", "ms", null],
];

test.each(ways)("who is registered already and %s (%s) is led to %s", async (status, language, path) => {
  const mail = await letterOf("already_registered", { status, language });
  const led = [...mail.html.matchAll(/href="https:\/\/[^/"]+([^"]*)" data-button/g)].map(([, to]) => to);
  expect(led).toEqual(path ? [path] : []);
});
