import { expect } from "@playwright/test";
import type pg from "pg";

export type MailboxLetter = { to: string; subject: string; text: string; html: string; sentAt: string };

export type Mailbox = {
  /** Every letter to this address, newest first. */
  lettersTo: (address: string) => Promise<MailboxLetter[]>;
  /** The newest letter to this address, as soon as there are `count`. */
  nextTo: (address: string, count?: number) => Promise<MailboxLetter>;
};

/** The visible mailbox of a portal in demo mode, or what the topology's mail server has kept: both answer alike. */
export function openMailbox(origin: string): Mailbox {
  const lettersTo = async (address: string) => {
    const answer = await fetch(`${origin}/mailbox.json?to=${encodeURIComponent(address)}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as MailboxLetter[];
  };
  return {
    lettersTo,
    nextTo: async (address, count = 1) => {
      await expect
        .poll(async () => (await lettersTo(address)).length, { message: `letters to ${address}`, timeout: 15_000 })
        .toBeGreaterThanOrEqual(count);
      return (await lettersTo(address))[0] as MailboxLetter;
    },
  };
}

/** What is in the mailbox is noted as handed over a moment later: from then on its time runs. */
export const handedOver = (
  database: pg.Pool,
  what: "activation_link" | "email_code",
  { id }: { id: string },
): Promise<void> =>
  expect
    .poll(
      async () =>
        (await database.query(`select from ${what} where account_id = $1 and handed_over_at is not null`, [id]))
          .rowCount,
    )
    .toBeGreaterThan(0);

/** The address behind the button of an activation letter, read off its plain text. */
export function linkIn(letter: MailboxLetter): string {
  const link = /https?:\/\/\S+\/activate\/[\w-]+/.exec(letter.text)?.[0];
  if (!link) throw new Error(`No activation link in: ${letter.text}`);
  return link;
}

/** The address behind "this was not me" of the letter on a new browser, read off its plain text. */
export function undoLinkIn(letter: MailboxLetter): string {
  const link = /https?:\/\/\S+\/undo\/[\w-]+/.exec(letter.text)?.[0];
  if (!link) throw new Error(`No link to disown a sign-in in: ${letter.text}`);
  return link;
}

/** The address behind "lock my account now" of a notice, read off its plain text. */
export function lockLinkIn(letter: MailboxLetter): string {
  const link = /https?:\/\/\S+\/lock\/[\w-]+/.exec(letter.text)?.[0];
  if (!link) throw new Error(`No link to lock the account in: ${letter.text}`);
  return link;
}

/** The address behind the button of the letter to a new password, read off its plain text. */
export function resetLinkIn(letter: MailboxLetter): string {
  const link = /https?:\/\/\S+\/recover\/[\w-]{20,}/.exec(letter.text)?.[0];
  if (!link) throw new Error(`No link to a new password in: ${letter.text}`);
  return link;
}

/** The address behind the button of the letter to a new mailbox, read off its plain text. */
export function verifyLinkIn(letter: MailboxLetter): string {
  const link = /https?:\/\/\S+\/verify\/[\w-]+/.exec(letter.text)?.[0];
  if (!link) throw new Error(`No link to a new mailbox in: ${letter.text}`);
  return link;
}

/** The code to type, read off the plain text: eight digits in two groups. */
export function codeIn(letter: MailboxLetter): string {
  const code = /(?<![\w/-])\d{4} \d{4}(?![\w/-])/.exec(letter.text)?.[0];
  if (!code) throw new Error(`No code in: ${letter.text}`);
  return code;
}
