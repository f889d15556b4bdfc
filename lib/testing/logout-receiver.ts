import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type LogoutReceiver = {
  /** Where it wants to be told. */
  backchannelLogoutUri: string;
  /** Logout tokens it was sent, oldest first. */
  tokens: string[];
  /** Resolves with the next one. */
  next: () => Promise<string>;
};

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** For tests: a system on this machine that is told of sign-outs; it says 200 unless told otherwise, and is gone with the test. */
export async function logoutReceiver(answer: Answer = (_, res) => res.end()): Promise<LogoutReceiver> {
  const tokens: string[] = [];
  const waiting: ((token: string) => void)[] = [];
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const piece of req) body += piece;
    const token = new URLSearchParams(body).get("logout_token") ?? "";
    tokens.push(token);
    waiting.shift()?.(token);
    answer(req, res);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    backchannelLogoutUri: `http://127.0.0.1:${port}/logout`,
    tokens,
    next: () => new Promise((told) => waiting.push(told)),
  };
}
