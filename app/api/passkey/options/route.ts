import { z } from "zod";
import { passkeyCreationOptions } from "#lib/authenticators/passkey/begin-passkey.ts";
import { passkeyRequestOptions } from "#lib/authenticators/passkey/request-passkey.ts";
import { approvalUse } from "#lib/relying-party/approval/decide/approve-transaction.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentEnrolment, currentSession } from "#lib/server/request/current-session.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { attemptUse, autofillUse } from "#lib/sign-in/prove-passkey.ts";

const shape = z.union([
  z.strictObject({ purpose: z.enum(["enrol", "sign-in", "autofill"]) }),
  z.strictObject({ purpose: z.literal("approve"), approvalId: z.uuid(), digest: z.string().regex(/^[\w-]{43}$/) }),
]);

/**
 * What the browser asks its authenticators. `{"purpose": "sign-in"}` is for the sign-in or step-up under way in this
 * browser, "autofill" for the page where one begins, "enrol" for whoever is signed in, "approve" for the transaction they were shown. Nothing is kept, but for the
 * browser's own cookie.
 */
export async function POST(request: Request): Promise<Response> {
  const asked = shape.safeParse(await request.json().catch(() => null));
  if (!asked.success) return answer(400, { error: "bad_request" });
  switch (asked.data.purpose) {
    case "enrol":
      return forEnrolment();
    case "sign-in":
      return forSignIn();
    case "autofill":
      return forAutofill();
    case "approve":
      return forApproval(asked.data);
  }
}

const statuses = { signed_out: 401, step_up: 403, too_many_passkeys: 409 } as const;

async function forEnrolment(): Promise<Response> {
  const session = (await currentSession()) ?? (await currentEnrolment())?.session;
  if (!session) return answer(401, { error: "signed_out" });
  const ctx = await currentContext();
  const actor = { kind: "account", accountId: session.accountId, sessionId: session.id } as const;
  const options = await passkeyCreationOptions({ ...ctx, actor });
  return options.ok ? answer(200, options.value) : answer(statuses[options.error], { error: options.error });
}

async function forSignIn(): Promise<Response> {
  const ceremonyToken = await readCookie("sign-in");
  const ctx = await currentContext();
  const attempt = ceremonyToken ? await openAttempt(ctx, ceremonyToken) : null;
  if (!attempt) return answer(409, { error: "start_again" });
  return answer(200, await passkeyRequestOptions(ctx, attemptUse(attempt)));
}

async function forAutofill(): Promise<Response> {
  const ctx = await browserContext();
  const { deviceToken } = ctx.request;
  if (deviceToken === null) throw new Error("A browser was given no secret of its own");
  return answer(200, await passkeyRequestOptions(ctx, autofillUse(deviceToken)));
}

/** A challenge says nothing of what it is for, and whoever may not decide that gains nothing by it: it is looked at with the answer. */
async function forApproval({ approvalId, digest }: { approvalId: string; digest: string }): Promise<Response> {
  const [session, ctx] = await Promise.all([currentSession(), currentContext()]);
  if (!session) return answer(401, { error: "signed_out" });
  return answer(200, await passkeyRequestOptions(ctx, approvalUse(approvalId, digest, session.id)));
}

const answer = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
