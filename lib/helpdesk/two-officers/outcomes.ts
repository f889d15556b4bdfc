import type { OfficerRequestKind } from "#lib/audit/catalogue.ts";
import { reopening } from "../actions/reopen.ts";
import { correctIdentity, correctName } from "../cases/correct-person.ts";
import { factorReset } from "../factor-reset/factor-reset.ts";
import { roleOutcome } from "../roles/role-outcome.ts";
import type { Outcome } from "./outcome.ts";

/** What comes of each kind of request. */
export const outcomes: Record<OfficerRequestKind, Outcome> = {
  factor_reset: factorReset,
  reopen: reopening,
  name: correctName,
  identity: correctIdentity,
  role: roleOutcome,
};
