import type { Db } from "#db/client.ts";
import { mailboxTransport } from "./mailbox.ts";
import { resendTransport } from "./resend.ts";
import { smtpTransport } from "./smtp.ts";
import { displayName, type Sender, type Transport } from "./transport.ts";

export type MailSettings = {
  mode: "demo" | "production";
  mail: {
    /** `Kunci <kunci@agency.gov.my>`, or the bare mailbox. */
    from: string;
    resend?: { apiKey: string; baseUrl?: string };
    smtpUrl?: string;
  };
  agency: { helpdeskEmail: string };
};

/** No mailbox of the examples exists: what is sent there would bounce, or be read by whoever owns the name. */
const isExample = (address: string): boolean => /[@.]example\.gov\.my$/i.test(address);

/**
 * The transport that was configured; the visible mailbox where there is none. A demonstration with a real one still keeps letters
 * to the examples' mailboxes to itself. Production without one throws: the start has refused it by then.
 */
export function chooseTransport(db: Db, { mode, mail, agency }: MailSettings): Transport {
  const sender = senderOf(mail.from, agency.helpdeskEmail);
  const real = mail.resend
    ? resendTransport(mail.resend.apiKey, mail.resend.baseUrl ?? null, sender)
    : mail.smtpUrl
      ? smtpTransport(mail.smtpUrl, sender)
      : null;
  if (mode === "production") {
    if (!real) throw new Error("Production mode needs a mail transport");
    return real;
  }
  const mailbox = mailboxTransport(db);
  if (!real) return mailbox;
  return { ...real, handOver: (message) => (isExample(message.to) ? mailbox : real).handOver(message) };
}

function senderOf(from: string, replyTo: string): Sender {
  const [, name = "", address = from] = from.match(/^(.*)<([^<>]+)>$/) ?? [];
  return { name: displayName(name), address: address.trim(), replyTo };
}
