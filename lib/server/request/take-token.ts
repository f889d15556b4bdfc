import { type BrowserCookie, cookieName, cookieOptions } from "./browser-cookies.ts";

const TOKEN = /^[A-Za-z0-9_-]{20,100}$/;

/**
 * The answer to a mailed link: it only takes the token out of the address bar, into a cookie, and leads to the page
 * that says what it is worth. Nothing is read or changed, since scanners of mail open links too.
 */
export function takeToken(token: string, cookie: BrowserCookie, page: `/${string}`): Response {
  const { maxAge, path, secure } = cookieOptions(cookie);
  const kept = TOKEN.test(token) ? token : "unknown";
  return new Response(null, {
    status: 303,
    headers: {
      location: page,
      "set-cookie": `${cookieName(cookie)}=${kept}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`,
      "cache-control": "no-store",
    },
  });
}
