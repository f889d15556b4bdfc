import { cookieName, cookieOptions } from "#lib/server/browser-cookies.ts";

const TOKEN = /^[A-Za-z0-9_-]{20,100}$/;

/**
 * The mailed link. It only takes the token out of the address bar: nothing is read or changed, since scanners of mail open
 * links too. What the token is worth is said on the next page.
 */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const { maxAge, path } = cookieOptions("link");
  const secure = cookieOptions("link").secure ? "; Secure" : "";
  const kept = TOKEN.test(token) ? token : "unknown";
  return new Response(null, {
    status: 303,
    headers: {
      location: "/activate/confirm",
      "set-cookie": `${cookieName("link")}=${kept}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`,
      "cache-control": "no-store",
    },
  });
}
