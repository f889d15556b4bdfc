import { readCrest } from "#lib/administration/look/keep-crest.ts";
import { portal } from "#lib/server/portal.ts";

const DIGEST = /^[\w-]{43}$/;
// A handful over the years, of at most 100 KB: read once, for every page shows one.
const kept = new Map<string, Buffer>();
const MOST_KEPT = 8;

/** The agency's crest under its digest. Its address changes with it, so browsers keep it for good. */
export async function GET(request: Request): Promise<Response> {
  const id = new URL(request.url).searchParams.get("v") ?? "";
  const png = DIGEST.test(id) ? (kept.get(id) ?? (await readCrest(portal(), id))) : null;
  if (!png) return new Response(null, { status: 404 });
  if (kept.size < MOST_KEPT) kept.set(id, png);
  return new Response(new Uint8Array(png), {
    headers: {
      "content-type": "image/png",
      "content-length": String(png.length),
      "cache-control": "public, max-age=31536000, immutable",
    },
  });
}
