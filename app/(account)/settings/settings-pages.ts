import type { IconName } from "#components/ui/icon.tsx";

/** What the pages are listed under: who one is, how one signs in, what keeps the account safe, and the rest. */
export const settingsGroups = ["me", "signIn", "safety", "other"] as const;
export type SettingsGroup = (typeof settingsGroups)[number];

/**
 * Every page of the settings, in the order of the list beside them, and the picture of each. A new page gets its line
 * here.
 */
export const settingsPages = {
  overview: { path: "/settings", icon: "shield", group: "me" },
  profile: { path: "/settings/profile", icon: "user", group: "me" },
  passkeys: { path: "/settings/passkeys", icon: "fingerprint", group: "signIn" },
  "authenticator-app": { path: "/settings/authenticator-app", icon: "otp-app", group: "signIn" },
  "email-otp": { path: "/settings/email-otp", icon: "otp-mail", group: "signIn" },
  google: { path: "/settings/google", icon: "login", group: "signIn" },
  password: { path: "/settings/password", icon: "password", group: "signIn" },
  "recovery-codes": { path: "/settings/recovery-codes", icon: "key", group: "signIn" },
  "security-phrase": { path: "/settings/security-phrase", icon: "quote", group: "safety" },
  "security-questions": { path: "/settings/security-questions", icon: "list", group: "safety" },
  sessions: { path: "/settings/sessions", icon: "laptop", group: "safety" },
  systems: { path: "/settings/systems", icon: "login", group: "safety" },
  "hardware-tokens": { path: "/settings/hardware-tokens", icon: "usb", group: "safety" },
  activity: { path: "/settings/activity", icon: "history", group: "safety" },
  lock: { path: "/settings/lock", icon: "lock", group: "safety" },
  language: { path: "/settings/language", icon: "globe", group: "other" },
  appearance: { path: "/settings/appearance", icon: "contrast", group: "other" },
  data: { path: "/settings/data", icon: "download", group: "other" },
} as const satisfies Record<string, { path: `/${string}`; icon: IconName; group: SettingsGroup }>;

export type SettingsPage = keyof typeof settingsPages;
