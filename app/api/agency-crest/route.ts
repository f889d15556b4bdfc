import { keepCrest } from "#lib/administration/look/keep-crest.ts";
import { assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import { lookAgain } from "#lib/server/chosen/in-force.ts";
import { configuredSettings } from "#lib/server/chosen/overlay.ts";
import { config, configured } from "#lib/server/config.ts";
import { currentSession, requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";

const PAGE = "/admin/look";
const led = (location: string): Response => new Response(null, { status: 303, headers: { location } });

/** Takes the crest as a file, and leads back to its page, which says what came of it. */
export async function POST(request: Request): Promise<Response> {
  const session = await currentSession();
  if (!session) return led(signInPath(PAGE));
  const given = await request.formData().catch(() => null);
  const file = given?.get("crest");
  const version = given?.get("version");
  if (!(file instanceof File) || typeof version !== "string" || !/^\d{1,9}$/.test(version))
    return new Response(null, { status: 400 });
  if (!reaches(assuranceOf(session.proofs), config().consoleAssurance)) return led(`/helpdesk/enter?to=${PAGE}`);
  const { ctx } = await requireSession(PAGE);
  const png = Buffer.from(await file.arrayBuffer());
  const kept = await keepCrest(ctx, png, configuredSettings(configured()).look, Number(version));
  if (kept.ok) {
    await lookAgain(ctx);
    return led(`${PAGE}?done=${kept.value.changed ? "crest" : "nothing"}`);
  }
  switch (kept.error) {
    case "signed_out":
      return led(signInPath(PAGE));
    case "step_up":
      return led(`/helpdesk/enter?to=${PAGE}`);
    case "not_found":
      return new Response(null, { status: 404 });
    default:
      return led(`${PAGE}?crest=${kept.error}`);
  }
}
