/** Mails that a mail server sends back to where letters come from, as the servers of the field write them. */

export type BouncedLetter = { to: string; headers: Readonly<Record<string, string>> };
type Failure = { action?: string; status?: string; diagnostic?: string; final?: string; original?: string };

const quoted = ({ headers }: BouncedLetter): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
const lines = (...all: readonly string[]): string => all.join("\r\n");

const FAILED = "550 5.1.1 <nobody>: Recipient address rejected: User unknown";

function statusOf(letter: BouncedLetter, failure: Failure): string {
  const { action = "failed", status = "5.1.1", diagnostic = FAILED, final = letter.to, original } = failure;
  return lines(
    "Reporting-MTA: dns; mail.contoh.example.gov.my",
    "Arrival-Date: Fri, 20 Nov 2026 15:15:00 +0800 (+08)",
    "",
    `Final-Recipient: rfc822; ${final}`,
    ...(original ? [`Original-Recipient: rfc822;${original}`] : []),
    `Action: ${action}`,
    `Status: ${status}`,
    "Remote-MTA: dns; mx.contoh.example.gov.my",
    `Diagnostic-Code: smtp; ${diagnostic.slice(0, 40)}`,
    `    ${diagnostic.slice(40)}`,
    "",
  );
}

/** As Postfix does: words, the report, and the letter's headers. */
export const postfixBounce = (letter: BouncedLetter, failure: Failure = {}): string =>
  lines(
    "Return-Path: <>",
    "From: MAILER-DAEMON@contoh.example.gov.my (Mail Delivery System)",
    "Subject: Undelivered Mail Returned to Sender",
    "To: kunci@contoh.example.gov.my",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    "Content-Type: multipart/report; report-type=delivery-status;",
    '\tboundary="4Xy2kN1zQ/.1763622900"',
    "",
    "This is a MIME-encapsulated message.",
    "",
    "--4Xy2kN1zQ/.1763622900",
    "Content-Description: Notification",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--4Xy2kN1zQ/.1763622900",
    "Content-Description: Delivery report",
    "Content-Type: message/delivery-status",
    "",
    statusOf(letter, failure),
    "--4Xy2kN1zQ/.1763622900",
    "Content-Description: Undelivered Message Headers",
    "Content-Type: text/rfc822-headers",
    "",
    ...quoted(letter),
    "",
    "--4Xy2kN1zQ/.1763622900--",
    "",
  );

/** As Exchange does: the report in base64, and the whole letter. */
export const exchangeBounce = (letter: BouncedLetter, failure: Failure = {}): string =>
  lines(
    "From: Microsoft Outlook <MicrosoftExchange@contoh.example.gov.my>",
    "Subject: Undeliverable: Aktifkan akaun Kunci anda",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="_000_x_"',
    "",
    "--_000_x_",
    'Content-Type: multipart/alternative; differences=Content-Type; boundary="_001_x_"',
    "",
    "--_001_x_",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "Your message could not be delivered.",
    "--_001_x_--",
    "",
    "--_000_x_",
    "Content-Type: message/delivery-status",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(statusOf(letter, failure)).toString("base64").replace(/.{76}/g, "$&\r\n"),
    "--_000_x_",
    "Content-Type: message/rfc822",
    "",
    ...quoted(letter),
    "Content-Type: text/plain",
    "",
    "Salam",
    "--_000_x_--",
    "",
  );

/** As Exim and qmail do where they know no reports: words, then the letter. */
export const wordyBounce = (
  letter: BouncedLetter,
  refusal = `SMTP error after RCPT TO:<${letter.to}>: ${FAILED}`,
): string =>
  lines(
    "Return-path: <>",
    `X-Failed-Recipients: ${letter.to}`,
    "Auto-Submitted: auto-replied",
    "From: Mail Delivery System <Mailer-Daemon@contoh.example.gov.my>",
    "Subject: Mail delivery failed: returning message to sender",
    "",
    "This message was created automatically by mail delivery software.",
    "A message that you sent could not be delivered to one or more of its recipients.",
    "",
    `  ${letter.to}`,
    `    ${refusal}`,
    "",
    "------ This is a copy of the message, including all the headers. ------",
    "",
    ...quoted(letter),
    "",
    "Salam",
    "",
  );

/** Somebody sends it on as an attachment. */
export const forwarded = (mail: string): string =>
  lines(
    "From: Bantuan <bantuan@contoh.example.gov.my>",
    "Subject: FW: Undelivered Mail",
    'Content-Type: multipart/mixed; boundary="fw"',
    "",
    "--fw",
    "Content-Type: text/plain",
    "",
    "Sila lihat lampiran.",
    "--fw",
    "Content-Type: message/rfc822",
    'Content-Disposition: attachment; filename="bounce.eml"',
    "",
    mail,
    "--fw--",
    "",
  );

/** Somebody sends it on within their own words. */
export const quotedOn = (mail: string): string =>
  lines(
    "From: Bantuan <bantuan@contoh.example.gov.my>",
    "Subject: FW",
    "",
    "Tolong semak:",
    "",
    mail.replace(/^/gm, "> "),
  );

/** Nobody reads it now, and a program says so. */
export const awayAnswer = (letter: BouncedLetter): string =>
  lines(
    `From: <${letter.to}>`,
    "Auto-Submitted: auto-replied",
    `In-Reply-To: ${letter.headers["Message-ID"] ?? ""}`,
    "Subject: Bercuti",
    "",
    "Saya bercuti sehingga 5.1.2027. Hubungi sambungan 550 1234.",
    "",
  );
