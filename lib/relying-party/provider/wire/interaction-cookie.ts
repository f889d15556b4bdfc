/**
 * The cookie that holds the interaction's id in the browser that began it, by its full name. Of its path alone, so not
 * `__Host-`.
 */
export const interactionCookieOn = (origin: string): string =>
  `${origin.startsWith("https:") ? "__Secure-" : ""}kunci-interaction`;
