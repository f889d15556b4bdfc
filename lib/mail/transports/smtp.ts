import { createTransport } from "nodemailer";
import { seconds } from "#lib/kernel/time.ts";
import { LETTER_HEADER } from "../bounces/letter-mark.ts";
import { type HandOver, type Message, notTaken, type Sender, type Transport, taken } from "./transport.ts";

/** A letter is given up by then, and tried again: a server that trickles its answers is not waited for. */
const TIME_FOR_A_LETTER = seconds(60);

/**
 * Over SMTP, on up to five connections that are kept open. The protocol knows no idempotency: a letter handed over twice has the
 * same Message-ID, by which mail programs fold it into one. `url`: `smtp://user:password@host:587`, `smtps://…`.
 */
export function smtpTransport(url: string, sender: Sender): Transport {
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    maxMessages: 500,
    // The outbox repeats what was not taken: a second queue in here could deliver twice.
    maxRequeues: 0,
    connectionTimeout: seconds(10),
    greetingTimeout: seconds(10),
    socketTimeout: seconds(30),
    dnsTimeout: seconds(10),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = sender.address.slice(sender.address.lastIndexOf("@") + 1);

  return {
    name: "smtp",
    async handOver({ mark, to, subject, text, html, sentAt }: Message): Promise<HandOver> {
      try {
        await pool.sendMail({
          messageId: `<${mark}@${host}>`,
          date: sentAt,
          from: { name: sender.name, address: sender.address },
          to: { name: "", address: to },
          replyTo: sender.replyTo,
          subject,
          text,
          html,
          headers: {
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            // Some servers that send a letter back keep one of the two only.
            [LETTER_HEADER]: mark,
          },
          signal: AbortSignal.timeout(TIME_FOR_A_LETTER),
        });
        return taken;
      } catch (fault) {
        return refusal(fault as SmtpFault);
      }
    },
    close: async () => pool.close(),
  };
}

type SmtpFault = { code?: string; responseCode?: number; command?: string; response?: string };

/**
 * A 5xx answer to the recipient or to the letter itself is final; to anything before (greeting, sign-in, our own address) it is
 * about us, and mended by the operator. 503 says that the session was out of step, not that the letter was refused.
 */
function refusal({ code, responseCode, command, response }: SmtpFault): HandOver {
  if (!responseCode) return notTaken("temporary", `smtp_${(code ?? "fault").toLowerCase()}`);
  const about = (command ?? "").toLowerCase().replace(/\s+/g, "_");
  const enhanced = response?.match(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/)?.[1];
  const reason = ["smtp", responseCode, enhanced, about].filter(Boolean).join("_");
  const final = responseCode >= 500 && responseCode !== 503 && (about === "rcpt_to" || about === "data");
  return notTaken(final ? "permanent" : "temporary", reason);
}
