import type { IconName } from "#components/ui/icon.tsx";

/**
 * Every page of the settings, in the order of the list beside them, and the picture of each. A new page gets its line
 * here.
 */
export const settingsPages = {
  overview: { path: "/settings", icon: "shield" },
  profile: { path: "/settings/profile", icon: "user" },
  passkeys: { path: "/settings/passkeys", icon: "fingerprint" },
  "authenticator-app": { path: "/settings/authenticator-app", icon: "otp-app" },
  "recovery-codes": { path: "/settings/recovery-codes", icon: "key" },
  "email-otp": { path: "/settings/email-otp", icon: "otp-mail" },
  google: { path: "/settings/google", icon: "login" },
  password: { path: "/settings/password", icon: "password" },
  "security-phrase": { path: "/settings/security-phrase", icon: "quote" },
  "security-questions": { path: "/settings/security-questions", icon: "list" },
  sessions: { path: "/settings/sessions", icon: "laptop" },
  activity: { path: "/settings/activity", icon: "history" },
  data: { path: "/settings/data", icon: "download" },
  language: { path: "/settings/language", icon: "globe" },
  appearance: { path: "/settings/appearance", icon: "contrast" },
  lock: { path: "/settings/lock", icon: "lock" },
} as const satisfies Record<string, { path: `/${string}`; icon: IconName }>;

export type SettingsPage = keyof typeof settingsPages;
