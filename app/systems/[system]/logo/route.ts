import { days, seconds } from "#lib/kernel/time.ts";
import { readLogo } from "#lib/relying-party/registration/logo/change-logo.ts";
import { portal } from "#lib/server/portal.ts";

type Params = { params: Promise<{ system: string }> };

const FOR_GOOD = `public, max-age=${days(365) / seconds(1)}, immutable`;
/** Under another version than it has, a browser asks again soon: what is kept for good must not be what comes after it. */
const FOR_NOW = "public, max-age=60";

/** A system's logo, for whoever is led to it. `v`: its version, with which its address becomes another. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { system } = await params;
  const logo = await readLogo(portal(), system);
  if (!logo) return new Response(null, { status: 404 });
  const isItsVersion = new URL(request.url).searchParams.get("v") === String(logo.version);
  return new Response(new Uint8Array(logo.png), {
    headers: {
      "content-type": "image/png",
      "content-length": String(logo.png.length),
      "cache-control": isItsVersion ? FOR_GOOD : FOR_NOW,
    },
  });
}
