/**
 * A letter ready to go. `id` is the letter's: handing the same one over twice must deliver it once, as far as the transport
 * can. `mark` names the letter where it comes back as mail (`letter-mark.ts`).
 */
export type Message = {
  id: string;
  mark: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  sentAt: Date;
};

/** Who letters are from, and whom an answer reaches (the helpdesk). Both addresses are bare mailboxes; the name is fit for a header. */
export type Sender = { name: string; address: string; replyTo: string };

/**
 * temporary: try again later, the fault is not the letter's (nobody answers, a limit, our own settings)
 * unconfirmed: all of it was said and no answer came, so that it may have been taken; where the transport knows the same letter
 * again, that is only temporary
 * permanent: this letter to this mailbox will never be taken. `reason` is a code, without addresses or words of the other side.
 */
export type NotTaken = { error: "temporary" | "unconfirmed" | "permanent"; reason: string };
/** `providerId`: the mail provider's own name of it, where there is one. */
export type HandOver = { ok: true; providerId?: string } | ({ ok: false } & NotTaken);

export type Transport = {
  readonly name: "mailbox" | "resend" | "smtp";
  /** Never throws for what the other side says or does. */
  handOver(message: Message): Promise<HandOver>;
  close(): Promise<void>;
};

export const taken: HandOver & { ok: true } = { ok: true };
export const notTaken = (error: NotTaken["error"], reason: string): HandOver => ({ ok: false, error, reason });

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\x00-\x1f\x7f\s,;:<>()[\]\\"]/u;

/** One bare mailbox, fit for an envelope and a header line: nothing that could end the line or add a second recipient. */
export const isBareMailbox = (address: string): boolean =>
  address.length <= 254 && !UNSAFE.test(address) && /^[^@]+@[^@]+$/.test(address);

/** A display name for a header: one line, no quotes or brackets. */
export const displayName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}"<>\\]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
