/** Filled in by the kernel's own work: shapes that the other rooms rely on. */
export type IdentityNumber = { type: "mykad"; number: string } | { type: "passport"; country: string; number: string };
export const canonical = (identity: IdentityNumber): string =>
  identity.type === "mykad" ? `mykad:${identity.number}` : `passport:${identity.country}:${identity.number}`;
