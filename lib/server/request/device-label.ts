import type { Language } from "#lib/kernel/context.ts";
import { deviceWords } from "#lib/text/device-words.ts";

/** In the order they are looked for: every browser claims to be several others, the true name coming first here. */
const browsers = [
  [/\bEdg(?:e|A|iOS)?\//, "Microsoft Edge"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:OPR|Opera|OPT)\//, "Opera"],
  [/\bHuaweiBrowser\//, "Huawei Browser"],
  [/\b(?:UCBrowser|UCWEB)\b/, "UC Browser"],
  [/\bYaBrowser\//, "Yandex"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
] as const;

const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bHarmonyOS\b/, "HarmonyOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows NT\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMacintosh\b|\bMac OS X\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
] as const;

/** "Chrome pada Windows": a browser and its system in words. Nothing of the header itself comes through. */
export function deviceLabel(userAgent: string | null, language: Language): string {
  const find = (names: readonly (readonly [RegExp, string])[]): string | undefined =>
    names.find(([sign]) => sign.test(userAgent ?? ""))?.[1];
  const { on, browser, device } = deviceWords[language];
  return `${find(browsers) ?? browser} ${on} ${find(systems) ?? device}`;
}
