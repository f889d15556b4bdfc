import type { Language } from "#lib/kernel/context.ts";

/**
 * How a browser and its system are put into words: "Chrome pada Windows". And a passkey that is known by them alone.
 */
export const deviceWords = {
  ms: { on: "pada", browser: "Pelayar", device: "peranti yang tidak dikenali", passkey: "Kunci laluan" },
  en: { on: "on", browser: "A browser", device: "an unknown device", passkey: "Passkey" },
} as const satisfies Record<Language, { on: string; browser: string; device: string; passkey: string }>;

/** A label that was written in either language, in this one and as it stands within a sentence. */
export function deviceIn(language: Language, label: string): string {
  const [browser = "", system = ""] = label.split(/ (?:pada|on) /);
  const { ms, en, [language]: words } = deviceWords;
  const isNameless = browser === ms.browser || browser === en.browser;
  const isUnknown = system === ms.device || system === en.device;
  if (system === "") return label;
  return `${isNameless ? words.browser.toLowerCase() : browser} ${words.on} ${isUnknown ? words.device : system}`;
}
