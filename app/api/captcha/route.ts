import { newChallenge } from "#lib/account/registration/captcha.ts";
import { currentContext } from "#lib/server/request/current-context.ts";

/** Work for the browser behind "Saya bukan robot". Kept nowhere until it is handed in, so asking changes nothing. */
export async function GET(): Promise<Response> {
  return Response.json(await newChallenge(await currentContext()), { headers: { "cache-control": "no-store" } });
}
