import { assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import { uploadTokens } from "#lib/campaign/tokens/import/upload-tokens.ts";
import { config } from "#lib/server/config.ts";
import { readUpload } from "#lib/server/read-upload.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";

const PATH = "/admin/tokens/import";
const lead = (to: string): Response => new Response(null, { status: 303, headers: { location: to } });

/**
 * Takes a file of hardware tokens: a plain form, with or without JavaScript. The front has looked at origin and size; who
 * sends it is asked here, before a byte is kept.
 */
export async function POST(request: Request): Promise<Response> {
  const session = await currentSession();
  const body = request.body as AsyncIterable<Uint8Array> | null;
  if (!session) return leave(() => drained(body), signInPath(PATH));
  if (!reaches(assuranceOf(session.proofs), config().consoleAssurance))
    return leave(() => drained(body), `/helpdesk/enter?to=${encodeURIComponent(PATH)}`);
  const upload = body && (await readUpload(body, request.headers.get("content-type") ?? ""));
  if (!upload) return lead(`${PATH}?refused=file_incomplete`);
  const base = await currentContext();
  const ctx = { ...base, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } } as const;
  const kept = await uploadTokens(ctx, upload.fileName, upload.file);
  if (kept.ok) return lead(`${PATH}/${kept.value}`);
  if (kept.error === "signed_out") return leave(upload.drain, signInPath(PATH));
  // Who may not import finds no such page there.
  return leave(upload.drain, kept.error === "not_found" ? PATH : `${PATH}?refused=${kept.error}`);
}

async function drained(body: AsyncIterable<Uint8Array> | null): Promise<void> {
  if (body) for await (const _ of body);
}

/** A browser that is still sending would take an answer for a broken connection: the rest is read and forgotten. */
async function leave(rest: () => Promise<void>, to: string): Promise<Response> {
  await rest().catch(() => undefined);
  return lead(to);
}
