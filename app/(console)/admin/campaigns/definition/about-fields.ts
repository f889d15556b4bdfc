import type { About } from "#lib/campaign/definition/parse/parse-about.ts";

export type AboutField = keyof About;
/** In the order of the page. */
export const aboutFields = [
  "nameMs",
  "nameEn",
  "reasonMs",
  "reasonEn",
  "authority",
  "contacts",
] as const satisfies readonly AboutField[];
