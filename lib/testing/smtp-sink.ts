import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A letter as it came over the wire. */
export type Received = { to: string[]; headers: Record<string, string>; body: string };

type Stage = "sender" | "recipient" | "data";
/** An SMTP answer to give instead of yes: `{ code: 550, message: "5.1.1 no such mailbox" }`. */
type Answer = { code: number; message: string } | Gone;
/** After all of a letter: it is kept, or not, and the connection is reset instead of an answer. */
type Gone = "taken, then gone" | "gone";

/**
 * A mail server of the test's own, on a free port of this machine. It begins switched off where `down` says so; `start` and `stop`
 * may be called in turn, the port stays the same.
 */
export async function smtpSink(options: { down?: boolean } = {}) {
  const received: Received[] = [];
  let answer: (stage: Stage, address: string) => Answer | null = () => null;
  let server: SMTPServer | undefined;
  let port = 0;

  const reply = (stage: Stage, address: string) => {
    const refusal = answer(stage, address);
    if (typeof refusal === "string") return refusal;
    return refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : undefined;
  };

  async function start(): Promise<void> {
    const opened = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      closeTimeout: 100,
      onMailFrom: ({ address }, _session, done) => done(refusalOf(reply("sender", address))),
      onRcptTo: ({ address }, _session, done) => done(refusalOf(reply("recipient", address))),
      onData: (stream, session, done) => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const whole = (source: string) => {
          const refusal = reply("data", to[0] ?? "");
          if (!refusal || refusal === "taken, then gone") received.push({ to, ...read(source) });
          if (typeof refusal === "string") hangUp(opened, session.id);
          else done(refusal);
        };
        // Whoever sent it was killed in the middle: there is no letter.
        text(stream).then(whole, done);
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
  if (options.down) await stop();
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    start,
    stop,
    /** From now on every question is put to `rule`; null lets it through. */
    answerWith: (rule: typeof answer) => {
      answer = rule;
    },
  };
}

const refusalOf = (refusal: Gone | Error | undefined) => (typeof refusal === "string" ? undefined : refusal);

/** The library has no way to break a connection: it keeps them in a set of its own. */
function hangUp(server: SMTPServer, sessionId: string): void {
  type Connection = { id: string; _socket: Socket };
  const { connections } = server as unknown as { connections: Set<Connection> };
  for (const { id, _socket } of connections) if (id === sessionId) _socket.resetAndDestroy();
}

/** Headers unfolded, by their names in lower case; the body with its transfer encoding taken off, all parts in one. */
function read(source: string): { headers: Record<string, string>; body: string } {
  const end = source.indexOf("\r\n\r\n");
  const lines = source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const body = source
    .slice(end + 4)
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { headers, body };
}
