import { readMailboxLetter } from "#lib/mail/read-mailbox.ts";
import { config } from "#lib/server/config.ts";
import { portal } from "#lib/server/portal.ts";

/**
 * A letter carries its styles inline, as mail programs want them; it runs nothing, loads nothing and posts nothing, and has an
 * origin of its own. The sandbox lets scripts in only so that a browser's tools can look at it: "default-src" gives it none.
 */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
].join("; ");

/** One letter as its reader sees it, for the frame on `/mailbox`. 404 outside the demonstration and for what is no letter's id. */
export async function GET(_: Request, { params }: { params: Promise<{ letter: string }> }): Promise<Response> {
  const letter = config().mode === "demo" ? await readMailboxLetter(portal(), (await params).letter) : undefined;
  if (!letter) return new Response(null, { status: 404 });
  return new Response(letter.html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "cache-control": "no-store",
    },
  });
}
