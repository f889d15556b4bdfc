import type { LookField } from "#lib/administration/look/parse-look.ts";

/** In the order of the page. */
export const lookFields = [
  "nameMs",
  "nameEn",
  "address",
  "helpdeskPhone",
  "helpdeskEmail",
  "colour",
] as const satisfies readonly LookField[];
