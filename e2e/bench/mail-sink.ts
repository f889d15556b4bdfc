import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

const END = "\r\n.\r\n";

export type MailSink = {
  url: string;
  /** The source of the last letter taken. */
  last: () => string;
  /** Resolves when so many letters were taken since it was asked. */
  taken: (howMany: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** A mail server that takes everything and keeps the last: as little of one as nodemailer talks to, so that it costs next to nothing. */
export async function startMailSink(): Promise<MailSink> {
  let count = 0;
  let last = "";
  let awaited: { at: number; done: () => void } | undefined;
  const sockets = new Set<Socket>();

  const take = (letter: string): void => {
    last = letter;
    count += 1;
    if (awaited && count >= awaited.at) awaited.done();
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    let waiting = "";
    let inLetter = false;
    socket.setNoDelay().write("220 sink ESMTP\r\n");
    socket.setEncoding("latin1").on("data", (chunk) => {
      waiting += chunk;
      for (;;) {
        const mark = inLetter ? END : "\r\n";
        const end = waiting.indexOf(mark);
        if (end === -1) return;
        const said = waiting.slice(0, end);
        waiting = waiting.slice(end + mark.length);
        if (inLetter) take(said);
        inLetter = !inLetter && /^data$/i.test(said);
        socket.write(inLetter ? "354 go on\r\n" : /^quit$/i.test(said) ? "221 bye\r\n" : "250 ok\r\n");
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last: () => last,
    taken: (howMany) =>
      new Promise((done) => {
        awaited = { at: count + howMany, done };
      }),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
