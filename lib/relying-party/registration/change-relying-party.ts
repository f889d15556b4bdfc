import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsWithoutAccess } from "../end-sessions-without-access.ts";
import { endSessionsNotAgreed } from "./end-sessions-not-agreed.ts";
import { endSessionsTooWeak } from "./end-sessions-too-weak.ts";
import { type ChangeRefusal, holdingRelyingParty, holdNames, isNameTaken, type Which } from "./hold-relying-party.ts";
import { type Registration, type RegistrationField, usesSecret } from "./registration.ts";
import { endSecrets } from "./secrets/end-secrets.ts";

/**
 * Another registration of a relying party, in place of what was there. Recorded with what was. Where it now proves itself by
 * keys, its secrets end; whoever may not open it any more, or has proven too little for it or not agreed to
 * what it is told, is signed out of it.
 */
export async function changeRelyingParty(
  ctx: Context,
  which: Which,
  wanted: Registration,
): Promise<Result<{ changed: boolean }, ChangeRefusal | "system_name_taken">> {
  return holdingRelyingParty<{ changed: boolean }, "system_name_taken">(ctx, which, async (tx, row) => {
    const before: Registration = { ...row, jwks: row.jwks as Registration["jwks"] };
    const changed = (Object.keys(wanted) as RegistrationField[]).filter((name) => !isSame(before[name], wanted[name]));
    if (changed.length === 0) return ok({ set: null, value: { changed: false } });
    if (changed.includes("name")) {
      await holdNames(tx);
      if (await isNameTaken(tx, wanted.name, row.id)) return refuse("system_name_taken");
    }
    if (usesSecret(before) && !usesSecret(wanted)) await endSecrets(tx, ctx, row);
    await record(tx, ctx, {
      type: "relying_party.changed",
      accountId: null,
      relyingPartyId: row.id,
      system: wanted.name,
      before: only(before, changed),
      after: only(wanted, changed),
    });
    return ok({
      set: wanted,
      value: { changed: true },
      next: async () => {
        await endSessionsWithoutAccess(tx, ctx, { relyingPartyId: row.id });
        if (changed.includes("minimumLevel"))
          await endSessionsTooWeak(tx, ctx, { relyingPartyId: row.id, level: wanted.minimumLevel });
        if (changed.includes("ownedByAgency") && !wanted.ownedByAgency) await endSessionsNotAgreed(tx, ctx, row.id);
      },
    });
  });
}

// As the database gives a key set back, its members may stand in another order.
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}

const only = (from: Registration, names: readonly RegistrationField[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]]));
