import type { RoleWanted } from "#lib/relying-party/registration/registration.ts";

export type RoleField = keyof RoleWanted;
/** In the order of the page. */
export const roleFields = ["key", "nameMs", "nameEn"] as const satisfies readonly RoleField[];
