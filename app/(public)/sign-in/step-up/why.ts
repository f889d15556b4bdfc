import type { Messages } from "#lib/text/messages.ts";

export type Why = keyof Messages["stepUp"]["why"];

/** What is about to be done, by the page it is done on. */
const reasons: Record<string, Why> = {
  "/settings/passkeys": "passkeys",
  "/settings/authenticator-app": "authenticatorApp",
  "/settings/recovery-codes": "recoveryCodes",
  "/settings/email-otp": "emailOtp",
  "/settings/security-phrase": "securityPhrase",
  "/settings/security-questions": "securityQuestions",
  "/settings/password": "password",
  "/settings/google": "google",
  "/settings/profile/identity": "identity",
  "/settings/profile/email/official": "officialEmail",
  "/settings/profile/email/personal": "personalEmail",
};

export function whyOf(path: string): Why {
  const { pathname } = new URL(path, "http://here.invalid");
  return pathname.startsWith("/interaction/") ? "system" : (reasons[pathname] ?? "other");
}
