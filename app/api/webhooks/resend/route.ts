import { takeResendEvent } from "#lib/mail/delivery/take-resend-event.ts";
import { verifyResendEvent } from "#lib/mail/transports/resend.ts";
import { portal } from "#lib/server/portal.ts";
import { systemContext } from "#lib/server/request/base-context.ts";

export const dynamic = "force-dynamic";

const answer = (status: number, said: string): Response =>
  Response.json({ status: said }, { status, headers: { "cache-control": "no-store" } });

/**
 * What became of letters, as Resend posts it: 400 where it is not signed with our secret within five minutes, 404 where
 * no secret is configured. Everything signed is acknowledged, also what has no effect (a repeated event, a letter of
 * another deployment): Resend would post it again for hours.
 */
export async function POST(request: Request): Promise<Response> {
  const secret = portal().config.mail.resend?.webhookSecret;
  if (!secret) return answer(404, "not configured");
  const header = (name: string): string => request.headers.get(name) ?? "";
  const signed = { id: header("svix-id"), timestamp: header("svix-timestamp"), signature: header("svix-signature") };
  const event = verifyResendEvent(secret, signed, await request.text());
  if (event === null) return answer(400, "not signed");
  return answer(200, await takeResendEvent(systemContext(portal()), signed.id, event));
}
