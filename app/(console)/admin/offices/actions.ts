"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { addOffice, changeOffice, retireOffice } from "#lib/administration/offices/change-offices.ts";
import { type OfficeRow, readOffice } from "#lib/administration/offices/list-offices.ts";
import { parseOffice } from "#lib/administration/offices/parse-office.ts";
import { lookAgain } from "#lib/server/chosen/in-force.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../refused.ts";
import type { AdminState } from "../admin-state.ts";
import { conflictOf } from "../conflict.ts";
import { readVersion } from "../read-version.ts";
import { type OfficeField, officeFields } from "./fields.tsx";
import { formOfOffice } from "./form-of-office.ts";

const LIST = "/admin/offices";
const pathOf = (officeId: string): string => `${LIST}/${officeId === "" ? "new" : officeId}`;
const officeIn = (form: FormData): string => {
  const said = form.get("office");
  return typeof said === "string" && /^[\da-f-]{0,36}$/.test(said) ? said : notFound();
};

/** A new office, or other values of one. */
export async function saveOffice(_: AdminState<OfficeField>, form: FormData): Promise<AdminState<OfficeField>> {
  const officeId = officeIn(form);
  const path = pathOf(officeId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const { language } = ctx.request;
  const { refusals, offices } = messages[language].administration;
  const values = Object.fromEntries(officeFields.map((name) => [name, typedIn(form, name)])) as Record<
    OfficeField,
    string
  >;
  const version = readVersion(form);
  const kept = { ...values, version: String(Math.max(version, 0)) };
  const wanted = parseOffice(form);
  if (!wanted.ok) {
    const errors = Object.entries(wanted.errors).map(([name, code]) => [name, refusals[code]]);
    return { values: kept, errors: Object.fromEntries(errors) };
  }
  const outcome =
    officeId === "" ? await addOffice(ctx, wanted.value) : await changeOffice(ctx, officeId, wanted.value, version);
  if (outcome.ok) {
    await Promise.all([lookAgain(ctx), forgetTyped()]);
    const did = "officeId" in outcome.value ? "added" : outcome.value.changed ? "changed" : "same";
    redirect(`${LIST}?done=${did}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  if (error !== "changed_meanwhile") return { values: kept, errors: { name: refusals[error] } };
  const now: OfficeRow = (await readOffice(ctx, officeId)) ?? notFound();
  const theirs = formOfOffice(now);
  const names = { ...offices, domains: offices.ownDomains };
  return {
    values: { ...values, version: String(now.version) },
    errors: {},
    conflict: conflictOf(
      language,
      null,
      officeFields.map((name) => ({ what: names[name], theirs: theirs[name], yours: values[name] })),
    ),
  };
}

export async function retire(form: FormData): Promise<void> {
  return putOnOffer(form, true);
}

export async function offerAgain(form: FormData): Promise<void> {
  return putOnOffer(form, false);
}

async function putOnOffer(form: FormData, retired: boolean): Promise<never> {
  const officeId = officeIn(form);
  const path = pathOf(officeId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const outcome = await retireOffice(ctx, officeId, retired, readVersion(form));
  if (outcome.ok) {
    await lookAgain(ctx);
    redirect(`${LIST}?done=${retired ? "retired" : "offered"}`);
  }
  if (isOfWhoAsks(outcome.error)) return refusedAt(outcome.error, path);
  redirect(`${path}?refused=${outcome.error}`);
}
