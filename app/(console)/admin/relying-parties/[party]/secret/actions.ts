"use server";
import { typedIn } from "#app/typed-in.ts";
import { days } from "#lib/kernel/time.ts";
import { lookAtRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { rotateSecret } from "#lib/relying-party/registration/secrets/change-secrets.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import type { AdminState } from "../../../admin-state.ts";
import { conflictOf } from "../../../conflict.ts";
import { readVersion } from "../../../read-version.ts";
import type { Shown } from "../../form/party-state.ts";
import { idIn, pathOf, secretPath } from "../../paths.ts";

export type SecretState = AdminState<"overlap"> & { shown?: Shown };

/** A new secret, shown this once; the one before goes on for as many days as were chosen. */
export async function makeSecret(_: SecretState, form: FormData): Promise<SecretState> {
  const relyingPartyId = idIn(form, "party");
  const path = secretPath(relyingPartyId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const { language } = ctx.request;
  const { refusals, shown } = messages[language].relyingParties;
  const overlap = typedIn(form, "overlap");
  const version = readVersion(form);
  const values = { overlap, version: String(Math.max(version, 0)) };
  if (!/^\d{1,2}$/.test(overlap)) return { values, errors: { overlap: refusals.overlap_range } };
  const made = await rotateSecret(ctx, { relyingPartyId, version }, days(Number(overlap)));
  const party = await readRelyingParty(ctx, relyingPartyId);
  if (made.ok) {
    await Promise.all([lookAtRegistrations(ctx), forgetTyped()]);
    const { clientId, clientSecret, olderEndsAt } = made.value;
    return {
      values: {},
      errors: {},
      shown: {
        heading: shown.headingMade.replace("{system}", () => party?.name ?? clientId),
        clientId,
        secret: clientSecret,
        older: olderEndsAt ? shown.olderEndsAt.replace("{at}", formatDate(olderEndsAt, language)) : shown.olderEnded,
        next: pathOf(relyingPartyId),
      },
    };
  }
  const { error } = made;
  if (isOfWhoAsks(error)) return refusedAt(error, path, { overlap });
  if (error !== "changed_meanwhile") return { values, errors: { overlap: refusals[error] } };
  return {
    values: { overlap, version: String(party?.version ?? version) },
    errors: {},
    conflict: conflictOf(language, null, []),
  };
}
