import { settingsPages } from "../settings-pages.ts";

export const OWN_TOKENS = settingsPages["hardware-tokens"].path;
export const lostPath = (id: string): string => `${OWN_TOKENS}/${id}/lost`;
