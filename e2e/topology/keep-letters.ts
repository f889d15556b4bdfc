import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { minutes } from "#lib/kernel/time.ts";

/** As `/mailbox.json` of a demonstration has it, so that journeys read both alike. */
export type KeptLetter = { to: string; subject: string; text: string; html: string; sentAt: string };

export type MailSink = {
  /** For SMTP_URL. */
  url: string;
  /** Where `/mailbox.json` answers with the letters, for other processes. */
  mailbox: string;
  /** Newest first. */
  letters: () => readonly KeptLetter[];
  /** No mail server there until `start`; the port stays the same. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
};

/** A mail server on loopback that keeps what it is given. */
export async function keepLetters(): Promise<MailSink> {
  const kept: KeptLetter[] = [];
  const web = http.createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? "/", "http://localhost");
    if (pathname !== "/mailbox.json") return void res.writeHead(404).end();
    const to = searchParams.get("to");
    const letters = kept.filter((letter) => to === null || letter.to === to);
    res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(letters));
  });
  // A client never meets a connection that is just going.
  web.keepAliveTimeout = minutes(10);
  web.listen(0, "127.0.0.1");
  await once(web, "listening");

  let port = 0;
  let server: SMTPServer | undefined;
  async function start(): Promise<void> {
    if (server) return;
    const opened = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      closeTimeout: 100,
      onData: (stream, session, done) => {
        const whole = (source: Buffer) => {
          const letter = readLetter(source.toString("latin1"));
          const sentAt = new Date().toISOString();
          for (const { address } of session.envelope.rcptTo) kept.unshift({ to: address, ...letter, sentAt });
          done();
        };
        // Whoever sent it was killed in the middle: there is no letter.
        buffer(stream).then(whole, done);
      },
    });
    opened.on("error", () => undefined);
    opened.listen(port, "127.0.0.1");
    await once(opened.server, "listening");
    port = (opened.server.address() as AddressInfo).port;
    server = opened;
  }
  async function stop(): Promise<void> {
    const closing = server;
    server = undefined;
    if (closing) await new Promise<void>((done) => closing.close(done));
  }

  await start();
  return {
    url: `smtp://127.0.0.1:${port}`,
    mailbox: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    letters: () => kept,
    stop,
    start,
    close: async () => {
      await stop();
      web.closeAllConnections();
      await new Promise((done) => web.close(done));
    },
  };
}

/** Subject and the two texts of a letter as it came over the wire (RFC 5322, 2045 to 2047), a byte a character. */
export function readLetter(source: string): Pick<KeptLetter, "subject" | "text" | "html"> {
  const { headers, body } = partOf(source);
  const parts = flatten({ headers, body });
  const of = (type: string) => parts.find((part) => part.type === type)?.content ?? "";
  return { subject: decodeWords(headers.get("subject") ?? ""), text: of("text/plain"), html: of("text/html") };
}

type Part = { headers: ReadonlyMap<string, string>; body: string };

function partOf(source: string): Part {
  const end = source.indexOf("\r\n\r\n");
  const lines = source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return { headers, body: source.slice(end + 4) };
}

function flatten({ headers, body }: Part): { type: string; content: string }[] {
  const kind = headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/.exec(kind)?.[1];
  if (boundary)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => flatten(partOf(part.replace(/^\r\n/, "").replace(/\r\n$/, ""))));
  const type = kind.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return [{ type, content: decode(body, headers.get("content-transfer-encoding")?.toLowerCase()) }];
}

function decode(body: string, encoding: string | undefined): string {
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(encoding === "quoted-printable" ? unquote(body) : body, "latin1");
  return bytes.toString("utf8").replaceAll("\r\n", "\n");
}

const unquote = (text: string): string =>
  text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : Buffer.from(unquote(word.replaceAll("_", " ")), "latin1").toString("utf8"),
    );
