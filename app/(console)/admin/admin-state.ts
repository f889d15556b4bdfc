import type { FormState } from "#app/form-state.ts";

/** What another administrator has saved meanwhile, beside what this one filled in. */
export type Conflict = {
  heading: string;
  text: string;
  columns: { what: string; theirs: string; yours: string };
  rows: readonly { what: string; theirs: string; yours: string }[];
};

/** `version`: of what the page now shows; saving again is then done over it. */
export type AdminState<Field extends string> = FormState<Field | "version"> & { conflict?: Conflict };

export const unseen: AdminState<never> = { values: {}, errors: {} };
