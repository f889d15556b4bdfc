import { assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { keepLogo } from "#lib/relying-party/registration/logo/change-logo.ts";
import { config } from "#lib/server/config.ts";
import { currentSession, requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";

const led = (location: string): Response => new Response(null, { status: 303, headers: { location } });

/** Takes a system's logo as a file, and leads back to the system's page, which says what came of it. */
export async function POST(request: Request): Promise<Response> {
  const given = await request.formData().catch(() => null);
  const [file, system, version] = [given?.get("logo"), given?.get("party"), given?.get("version")];
  if (!(file instanceof File) || typeof system !== "string" || !isUuid(system))
    return new Response(null, { status: 400 });
  if (typeof version !== "string" || !/^\d{1,9}$/.test(version)) return new Response(null, { status: 400 });
  const page = `/admin/relying-parties/${system}`;
  const session = await currentSession();
  if (!session) return led(signInPath(page));
  if (!reaches(assuranceOf(session.proofs), config().consoleAssurance)) return led(`/helpdesk/enter?to=${page}`);
  const { ctx } = await requireSession(page);
  const png = Buffer.from(await file.arrayBuffer());
  const kept = await keepLogo(ctx, { relyingPartyId: system, version: Number(version) }, png);
  if (kept.ok) return led(`${page}?done=${kept.value.changed ? "logo" : "same"}`);
  switch (kept.error) {
    case "signed_out":
      return led(signInPath(page));
    case "step_up":
      return led(`/helpdesk/enter?to=${page}`);
    case "not_found":
      return new Response(null, { status: 404 });
    default:
      return led(`${page}?refused=${kept.error}#logo-title`);
  }
}
