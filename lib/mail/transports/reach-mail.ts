import { reachResend } from "./resend.ts";
import { reachSmtp } from "./smtp.ts";

/** Where letters leave by: one of the two, or neither for the visible mailbox. */
export type MailWay = { resend?: { apiKey: string; baseUrl?: string }; smtpUrl?: string };

/**
 * Goes as far as a letter does before it is handed over (connection, TLS, sign-in), and sends none. Answers null where it
 * came through, else why not, as a code. Takes ten seconds at most.
 */
export async function reachMail({ resend, smtpUrl }: MailWay): Promise<string | null> {
  if (resend) return reachResend(resend.apiKey, resend.baseUrl ?? null);
  return smtpUrl ? reachSmtp(smtpUrl) : null;
}
