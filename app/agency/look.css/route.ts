import { isColour, stylesheetOf } from "#lib/administration/look/colours.ts";

/** The agency's colour as a stylesheet: pages carry no style of their own. The name is in the address, so it is kept. */
export function GET(request: Request): Response {
  const colour = new URL(request.url).searchParams.get("colour");
  if (!isColour(colour)) return new Response(null, { status: 404 });
  return new Response(stylesheetOf(colour), {
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=3600" },
  });
}
