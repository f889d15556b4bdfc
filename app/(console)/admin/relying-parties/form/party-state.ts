import type { AdminState } from "../../admin-state.ts";
import type { PartyField } from "./fields.ts";

/** `secret`: null where it proves itself by keys of its own. `older`: what becomes of the secret before it, in words. */
export type Shown = { heading: string; clientId: string; secret: string | null; older: string | null; next: string };

export type PartyState = AdminState<PartyField> & { shown?: Shown };
