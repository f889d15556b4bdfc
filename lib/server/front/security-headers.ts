import type { FrontSettings } from "./visit.ts";

const PERMISSIONS = [
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  ...[
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
  ].map((name) => `${name}=()`),
].join(", ");

/**
 * Pages with a button that leads to Google. A browser without JavaScript posts its form and is sent there by the
 * answer, which counts as where the form leads (CSP3 §6.3.1).
 */
const LEADS_TO_GOOGLE: ReadonlySet<string> = new Set(["/sign-in", "/register", "/settings/google"]);

/** Stands for the nonce of an answer, which it can never be itself. */
const NONCE = "{nonce}";

/**
 * Scripts run by the page's nonce alone, and what they load in turn ("strict-dynamic"); nothing comes from elsewhere.
 * Development evaluates code and injects styles, so it is let to.
 */
function contentSecurityPolicy(nonce: string, development = false, formsLeadTo = ""): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${formsLeadTo && ` ${formsLeadTo}`}`,
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * What goes on every answer, whoever gives it, made once but for the nonce; `target` is what was asked for. A page may
 * replace one by its own (a letter shown in a frame).
 */
export function securityHeaders({
  origin,
  development,
  googleOrigin,
}: Pick<FrontSettings, "origin" | "development" | "googleOrigin">): (
  nonce: string,
  target?: string,
) => Record<string, string> {
  const same = {
    "X-Content-Type-Options": "nosniff",
    // Not "no-referrer": with it Chromium posts forms with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    ...(origin.startsWith("https://") ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
  const policy = contentSecurityPolicy(NONCE, development);
  const withGoogle = contentSecurityPolicy(NONCE, development, googleOrigin);
  return (nonce, target = "") => {
    const leadsToGoogle = LEADS_TO_GOOGLE.has(target.split("?", 1)[0] ?? "");
    return { "Content-Security-Policy": (leadsToGoogle ? withGoogle : policy).replaceAll(NONCE, nonce), ...same };
  };
}
