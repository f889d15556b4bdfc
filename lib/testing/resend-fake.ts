import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type ResendLetter = {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
};
type Answer = { status: number; body: unknown } | "hang up";

const refusal = (status: number, name: string): Answer => ({
  status,
  body: { statusCode: status, name, message: `refused: ${name}` },
});

/** A secret that events are signed with. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from("a secret of the tests' own, 32 by").toString("base64")}`;

type Posted = { body: string; headers: Record<string, string> };

/** An event as Resend posts it: signed (Standard Webhooks, HMAC-SHA256 of id, time and body) at that moment. */
export function signedEvent(
  event: object,
  {
    secret = WEBHOOK_SECRET,
    id = `msg_${randomUUID()}`,
    at = new Date(),
  }: { secret?: string; id?: string; at?: Date } = {},
): Posted {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  return {
    body,
    headers: {
      "content-type": "application/json",
      "svix-id": id,
      "svix-timestamp": timestamp,
      "svix-signature": signature,
    },
  };
}

/** What Resend tells of a letter that it was handed: `delivered`, `bounced` with why, … */
export const eventOf = (what: string, letterId: string, at: Date, more: object = {}) => ({
  type: `email.${what}`,
  created_at: at.toISOString(),
  data: {
    email_id: "resend-1",
    created_at: at.toISOString(),
    from: "kunci@contoh.example.gov.my",
    to: ["aisyah@contoh.example.gov.my"],
    subject: "Aktifkan akaun Kunci anda",
    tags: { letter: letterId },
    ...more,
  },
});

/**
 * Speaks the part of Resend's protocol that is used: `POST /emails` with a bearer key and an Idempotency-Key, under which the same
 * letter is taken once and another one refused, as theirs does. `answerNext` answers the next request out of turn.
 */
export async function resendFake(apiKey = "re_test") {
  const taken: ResendLetter[] = [];
  const byKey = new Map<string, { body: string; id: string }>();
  const outOfTurn: Answer[] = [];
  let requests = 0;
  let unanswered = 0;

  const take = (request: IncomingMessage, body: string): Answer => {
    requests += 1;
    const next = outOfTurn.shift();
    if (next) return next;
    if (request.method !== "POST" || request.url !== "/emails") return refusal(404, "not_found");
    if (request.headers.authorization !== `Bearer ${apiKey}`) return refusal(403, "invalid_api_key");
    const key = String(request.headers["idempotency-key"] ?? "");
    const earlier = byKey.get(key);
    if (earlier)
      return earlier.body === body
        ? { status: 200, body: { id: earlier.id } }
        : refusal(409, "invalid_idempotent_request");
    const letter = JSON.parse(body) as ResendLetter;
    const id = `resend-${taken.push(letter)}`;
    if (key) byKey.set(key, { body, id });
    if (unanswered > 0) {
      unanswered -= 1;
      return "hang up";
    }
    return { status: 200, body: { id } };
  };

  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = take(request, body);
      if (answer === "hang up") return request.socket.destroy();
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    taken,
    requests: () => requests,
    answerNext: (...answers: Answer[]) => void outOfTurn.push(...answers),
    /** Posts what became of a letter it took to a portal, as Resend does. Answers the portal's status. */
    tell: async (webhook: string, what: string, letter: ResendLetter, more: object = {}): Promise<number> => {
      const letterId = letter.tags.find(({ name }) => name === "letter")?.value ?? "";
      const { status } = await fetch(webhook, {
        method: "POST",
        ...signedEvent(eventOf(what, letterId, new Date(), more)),
      });
      return status;
    },
    /** So many letters are taken, and nobody is told. */
    takeAndHangUp: (many: number) => {
      unanswered = many;
    },
    refuseNext: (status: number, name: string) => void outOfTurn.push(refusal(status, name)),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
