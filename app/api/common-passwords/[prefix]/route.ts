import { commonSuffixes } from "#lib/authenticators/password/is-common-password.ts";

/** A day: the list changes only with a new version of the portal. */
const KEPT = "public, max-age=86400";

/** One bucket of the list of common passwords, a suffix a line. The password itself never comes here. */
export async function GET(_: Request, { params }: { params: Promise<{ prefix: string }> }): Promise<Response> {
  const { prefix } = await params;
  if (!/^[0-9a-f]{3}$/.test(prefix)) return new Response("Not found\n", { status: 404 });
  const suffixes = await commonSuffixes(prefix);
  return new Response(suffixes.join("\n"), {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": KEPT },
  });
}
