import type { Language } from "#lib/kernel/context.ts";

/**
 * How a browser and its system are put into words: "Chrome pada Windows". And a passkey that is known by them alone, and
 * where an officer works.
 */
export const deviceWords = {
  ms: {
    on: "pada",
    browser: "Pelayar",
    device: "peranti yang tidak dikenali",
    passkey: "Kunci laluan",
    desk: "Meja Bantuan",
  },
  en: { on: "on", browser: "A browser", device: "an unknown device", passkey: "Passkey", desk: "the helpdesk" },
} as const satisfies Record<Language, Record<"on" | "browser" | "device" | "passkey" | "desk", string>>;

/** A label that was written in either language, in this one and as it stands within a sentence. */
export function deviceIn(language: Language, label: string): string {
  if (isDesk(label)) return deviceWords[language].desk + label.slice(deviceWords.ms.desk.length);
  const [browser = "", system = ""] = label.split(/ (?:pada|on) /);
  const { ms, en, [language]: words } = deviceWords;
  const isNameless = browser === ms.browser || browser === en.browser;
  const isUnknown = system === ms.device || system === en.device;
  if (system === "") return label;
  return `${isNameless ? words.browser.toLowerCase() : browser} ${words.on} ${isUnknown ? words.device : system}`;
}

/** Where an officer works, as letters name it: "Meja Bantuan, Ibu Pejabat". */
export const deskOf = (officeName: string): string => `${deviceWords.ms.desk}, ${officeName}`;
export const isDesk = (label: string): boolean => label.startsWith(`${deviceWords.ms.desk}, `);
