/** On https the `__Host-` prefix: only this very host can have set it (RFC 6265bis §4.1.3.2). */
export const cookieNameOn = (origin: string, cookie: string): string =>
  `${origin.startsWith("https:") ? "__Host-" : ""}kunci-${cookie}`;
