import { Transform } from "node:stream";
import { createTransport } from "nodemailer";
import { seconds } from "#lib/kernel/time.ts";
import { LETTER_HEADER } from "../bounces/letter-mark.ts";
import { type HandOver, type Message, notTaken, type Sender, type Transport, taken } from "./transport.ts";

/** A letter is given up by then, and tried again: a server that trickles its answers is not waited for. */
const TIME_FOR_A_LETTER = seconds(60);
/** Of each step of a look whether it is there. */
const PROBED_WITHIN = seconds(5);

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
  pool.use("stream", (mail, done) => {
    const { saidAll } = mail.data as Said;
    mail.message.transform(() => whenThrough(saidAll));
    done();
  });
  const host = sender.address.slice(sender.address.lastIndexOf("@") + 1);

  return {
    name: "smtp",
    async handOver({ mark, to, subject, text, html, sentAt }: Message): Promise<HandOver> {
      let said = false;
      try {
        await pool.sendMail({
          saidAll: () => {
            said = true;
          },
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
        } as Said & Parameters<typeof pool.sendMail>[0]);
        return taken;
      } catch (fault) {
        return refusal(fault as SmtpFault, said);
      }
    },
    close: async () => pool.close(),
  };
}

/**
 * Connects, encrypts and signs in as for a letter, and leaves. Null where that went well, else why not, as a code.
 */
export async function reachSmtp(url: string): Promise<string | null> {
  const probe = createTransport({
    url,
    connectionTimeout: PROBED_WITHIN,
    greetingTimeout: PROBED_WITHIN,
    socketTimeout: PROBED_WITHIN,
    dnsTimeout: PROBED_WITHIN,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await probe.verify();
    return null;
  } catch (fault) {
    const answer = refusal(fault as SmtpFault, false);
    return answer.ok ? null : answer.reason;
  } finally {
    probe.close();
  }
}

/** Told when the last of the letter was given to the connection. */
type Said = { saidAll: () => void };

const whenThrough = (through: () => void): Transform =>
  new Transform({
    transform: (piece, _encoding, done) => done(null, piece),
    flush: (done) => {
      through();
      done();
    },
  });

type SmtpFault = { code?: string; responseCode?: number; command?: string; response?: string };

/**
 * A 5xx answer to the recipient or to the letter itself is final; to anything before (greeting, sign-in, our own address) it is
 * about us, and mended by the operator. 503 says that the session was out of step, not that the letter was refused. No answer after all of the
 * letter was said (`said`) leaves open whether it was taken (RFC 5321 §4.5.3.2.6, RFC 1047).
 */
function refusal({ code, responseCode, command, response }: SmtpFault, said: boolean): HandOver {
  if (!responseCode && said) return notTaken("unconfirmed", "smtp_unconfirmed");
  if (!responseCode) return notTaken("temporary", `smtp_${(code ?? "fault").toLowerCase()}`);
  const about = (command ?? "").toLowerCase().replace(/\s+/g, "_");
  const enhanced = response?.match(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/)?.[1];
  const reason = ["smtp", responseCode, enhanced, about].filter(Boolean).join("_");
  const final = responseCode >= 500 && responseCode !== 503 && (about === "rcpt_to" || about === "data");
  return notTaken(final ? "permanent" : "temporary", reason);
}
