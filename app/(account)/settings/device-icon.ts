import type { IconName } from "#components/ui/icon.tsx";

/** The picture of a device, by its words. */
export const deviceIcon = (device: string): IconName =>
  /\b(android|iphone|ipad|harmonyos)\b/i.test(device) ? "mobile" : "laptop";
