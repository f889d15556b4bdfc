import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { reachMail } from "./reach-mail.ts";

test("a mail server that is there is reached, and is sent nothing", async () => {
  const sink = await smtpSink();
  onTestFinished(sink.stop);
  expect(await reachMail({ smtpUrl: sink.url })).toBeNull();
  expect(sink.received).toEqual([]);
});

test("one that is away, and one that knows no such sign-in, are told apart", async () => {
  const strict = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (_, __, done) => done(Object.assign(new Error("no such sign-in"), { responseCode: 535 })),
  });
  strict.on("error", () => undefined);
  await once(strict.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void strict.close());
  const { port } = strict.server.address() as AddressInfo;
  expect(await reachMail({ smtpUrl: `smtp://kunci:wrong@127.0.0.1:${port}` })).toBe("smtp_535_auth_plain");
  const sink = await smtpSink({ down: true });
  expect(await reachMail({ smtpUrl: sink.url })).toMatch(/^smtp_e(socket|connection|connrefused)$/);
});

test.each([
  [200, { data: [] }, null],
  [401, { statusCode: 401, name: "restricted_api_key", message: "sends only" }, null],
  [429, { statusCode: 429, name: "rate_limit_exceeded", message: "slower" }, null],
  [403, { statusCode: 403, name: "invalid_api_key", message: "unknown" }, "resend_403_invalid_api_key"],
  [500, { statusCode: 500, name: "application_error", message: "ours" }, "resend_500_application_error"],
])("what Resend answers with %i is understood", async (status, body, reason) => {
  const server = createServer((_, res) =>
    res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await reachMail({ resend: { apiKey: "re_test", baseUrl } })).toBe(reason);
});

test("the visible mailbox is always there", async () => {
  expect(await reachMail({})).toBeNull();
});
